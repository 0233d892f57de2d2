/** Local versions of the queries in infra/modules/workbook.json, by tile title, because Kusto runs only in Azure. */
export const tiles = {
  'How requests ended': (run) =>
    overTime(
      run,
      ended(run.lines).map((line) => [line.event, line, 1]),
      sum,
    ),
  'Why they failed': ({ lines }) =>
    table(
      ['code', 'requests', 'latest'],
      grouped(failed(lines), ({ code }) => code)
        .map(([code, group]) => [code, group.length, time(group.at(-1))])
        .toSorted((a, b) => b[1] - a[1]),
    ),
  'Messages that wait': (run) =>
    overTime(
      run,
      measured(run.lines).map((line) => [line.queue, line, line.messages]),
      max,
    ),
  'Age of the oldest message, in minutes': (run) =>
    overTime(
      run,
      measured(run.lines).map((line) => [
        line.queue,
        line,
        Math.max(0, line.oldestMs ?? 0) / 60_000,
      ]),
      max,
    ),
  'Throttled and deferred': (run) =>
    overTime(
      run,
      [
        ...calls(run.lines)
          .filter(({ outcome }) => outcome === '429')
          .map(({ line }) => ['throttled', line, 1]),
        ...named(run.lines, 'request.deferred').map((line) => ['deferred', line, 1]),
      ],
      sum,
    ),
  'Share of throttled calls, in percent': (run) =>
    overTime(
      run,
      calls(run.lines).map(({ line, outcome }) => ['percent', line, outcome === '429' ? 100 : 0]),
      (values) => sum(values) / values.length,
    ),
  'Latency of Microsoft Graph, in milliseconds': (run) =>
    percentiles(
      run,
      calls(run.lines).map(({ line, durationMs }) => [line, durationMs]),
      [50, 95, 99],
    ),
  'Age of requests when they end, in seconds': (run) => {
    const ages = run.lines
      .filter(({ event, ageMs }) => event.startsWith('meeting.') && ageMs !== undefined)
      .map((line) => [line, line.ageMs / 1000]);
    const oldest = overTime(
      run,
      ages.map(([line, age]) => ['oldest', line, age]),
      max,
    );
    return { series: { ...percentiles(run, ages, [50]).series, ...oldest.series } };
  },
  'Answers of Microsoft Graph': ({ lines }) =>
    table(
      ['purpose', 'outcome', 'calls'],
      grouped(calls(lines), ({ purpose, outcome }) => `${purpose} ${outcome}`)
        .map(([, group]) => [group[0].purpose, group[0].outcome, group.length])
        .toSorted((a, b) => b[2] - a[2]),
    ),
  'Latest failures': ({ lines }) =>
    table(
      ['timestamp', 'requestId', 'code', 'graphRequestId'],
      failed(lines)
        .toReversed()
        .map((line) => [
          time(line),
          line.requestId,
          line.code,
          `${line.graphRequestId ?? ''}`.replace(/-.*/, '…'),
        ]),
    ),
};

const named = (lines, ...names) => lines.filter(({ event }) => names.includes(event));
const failed = (lines) => named(lines, 'meeting.failed', 'meeting.unknown', 'request.refused');
const ended = (lines) => [...named(lines, 'meeting.created', 'meeting.existing'), ...failed(lines)];
const measured = (lines) => named(lines, 'queue.measured');
/** `createOrGet 201 312,create 429 4` means two calls: purpose, status, milliseconds. */
const calls = (lines) =>
  lines.flatMap((line) =>
    (line.graph ?? '')
      .split(',')
      .filter(Boolean)
      .map((call) => {
        const [purpose, outcome, durationMs] = call.split(' ');
        return { line, purpose, outcome, durationMs: Number(durationMs) };
      }),
  );

const time = ({ timestamp }) => new Date(timestamp).toISOString().slice(11, 19);
const sum = (values) => values.reduce((all, value) => all + value, 0);
const max = (values) => Math.max(...values);
const percentile = (share) => (values) =>
  values.toSorted((a, b) => a - b)[Math.ceil((share / 100) * values.length) - 1];

const grouped = (items, key) => [...Map.groupBy(items, key)];
const table = (columns, rows) => ({ columns, rows });

/** One value of each series, or none, for each of `run.bins` periods. */
function overTime(run, points, aggregate) {
  const series = grouped(points, ([name]) => name).map(([name, group]) => [
    name,
    Array.from({ length: run.bins }, (_, bin) => {
      const values = group
        .filter(([, line]) => binOf(run, line) === bin)
        .map(([, , value]) => value);
      return values.length === 0 ? undefined : aggregate(values);
    }),
  ]);
  return { series: Object.fromEntries(series) };
}

function percentiles(run, points, shares) {
  const series = shares.map(
    (share) =>
      overTime(
        run,
        points.map(([line, value]) => [`p${share}`, line, value]),
        percentile(share),
      ).series,
  );
  return { series: Object.assign({}, ...series) };
}

function binOf({ lines, bins }, { timestamp }) {
  const [first, last] = [lines[0].timestamp, lines.at(-1).timestamp + 1];
  return Math.floor(((timestamp - first) / (last - first)) * bins);
}
