import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { FunctionsHostProcess } from '../../../local/functions-host-process';
import type { BenchOptions } from '../../bench-options';
import { areClear, ofRounds, type Comparison, type Row } from '../../report/figures';
import { interleaveUntil } from '../../report/rounds';
import { meetingRequest } from '../../load/requests';
import { BenchHarness } from '../../bench-harness';

const formats = ['json', 'csv'] as const;
type Format = (typeof formats)[number];

const few = 100;

/**
 * Peak memory of a host that accepts one batch and nothing else: a large batch compared with a small one. Each is
 * measured in a process of its own, because a process that has grown does not shrink.
 */
export async function measureBatchMemory({ appFolder, quick }: BenchOptions): Promise<Row> {
  // Without /proc the row is empty.
  const here = existsSync('/proc/self/status') ? formats : [];
  const many = 10_000;
  const harness = await BenchHarness.start('azuriteInMemory');
  const environment = { ...harness.environment, 'AzureWebJobs.runBatch.Disabled': 'true' };
  const peakOf = (format: Format, rows: number) => async (): Promise<number> => {
    const host = await FunctionsHostProcess.start({ appFolder, environment });
    try {
      await submit(`${host.url}/api/batches`, format, bodyOf(format, rows));
      return await peakMegabytes(host.workerPid);
    } finally {
      await host.kill();
    }
  };
  const compare = async (format: Format): Promise<Comparison> => {
    const bodyMegabytes = bodyOf(format, many).length / bytesInMegabyte;
    const compared = (peaks: Readonly<Record<'few' | 'many', readonly number[]>>): Comparison => ({
      what: `peak of ${many} rows as ${format}, less their body`,
      ...ofRounds(peaks.many.map((peak) => peak - bodyMegabytes)),
      unit: 'MB',
      baseline: { what: `peak of ${few} rows`, ...ofRounds(peaks.few) },
      target: { atMost: 1.5 },
    });
    const actions = { few: peakOf(format, few), many: peakOf(format, many) };
    const limits = quick ? { min: 2, max: 2 } : { min: 3, max: 9 };
    return compared(await interleaveUntil(limits, actions, (peaks) => areClear([compared(peaks)])));
  };
  try {
    const comparisons: Comparison[] = [];
    for (const format of here) comparisons.push(await compare(format));
    return { id: 'batch-memory', title: 'Memory of a batch', comparisons, notes };
  } finally {
    await harness.close();
  }
}

const notes = [
  'Peak: the most resident memory of a host from its start to its answer (VmHWM of Linux). It includes what an idle host holds.',
  'Each row has an id, an organizer, a time zone, a local time and three attendees.',
];

const bytesInMegabyte = 1024 * 1024;

async function peakMegabytes(pid: number): Promise<number> {
  const [, kilobytes] =
    /VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

function bodyOf(format: Format, rows: number): Buffer {
  const requests = Array.from({ length: rows }, (_, index) => requestOf(index));
  if (format === 'json') return Buffer.from(JSON.stringify({ requests }));
  const records = requests.map(({ requestId, organizer, timeZone, durationMinutes, meeting }) =>
    [requestId, organizer, timeZone, durationMinutes, meeting.subject, meeting.startDateTime]
      .concat(meeting.participants.attendees)
      .join('\t'),
  );
  const header =
    'requestId\torganizer\ttimeZone\tdurationMinutes\tsubject\tstartDateTime\tattendees';
  return Buffer.from([header, ...records].join('\r\n'));
}

const requestOf = (index: number) => ({
  ...meetingRequest(),
  timeZone: 'Europe/Lisbon',
  durationMinutes: 45,
  meeting: {
    subject: `Parent evening ${index}`,
    startDateTime: `${new Date().getUTCFullYear() + 1}-12-${String(1 + (index % 28)).padStart(2, '0')}T18:30:00`,
    participants: {
      attendees: `parent${index}@example.com; second${index}@example.com; ben@contoso.com`,
    },
  },
});

async function submit(url: string, format: Format, body: Buffer): Promise<void> {
  const type = format === 'json' ? 'application/json' : 'text/csv';
  const { status } = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: new Uint8Array(body),
  });
  if (status !== 202) throw new Error(`A batch as ${format} was answered ${status}.`);
}
