import { hash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { rank } from '../src/meetings/pools/rank';

/**
 * What a month's meetings do to organizer pools of several sizes, by the app's own ranking. A simulation: no app, no
 * storage, no Graph; every run gives the same numbers.
 *
 *   node dist/bench/organizer-pool.js --meetings 1000000 --limit 1900 --pool 600 --pool 550
 */
const { values } = parseArgs({
  options: {
    meetings: { type: 'string', default: '1000000' },
    limit: { type: 'string', default: '1900' },
    pool: { type: 'string', multiple: true, default: ['600', '550'] },
  },
});

/** Object ids as a directory gives them. */
const idOf = (place: number): string =>
  hash('sha256', `member ${place}`).replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/,
    '$1-$2-$3-$4-$5',
  );

interface Month {
  readonly counts: ReadonlyMap<string, number>;
  /** Meetings that the second or a later one in rank got. */
  readonly moved: number;
  /** How many meetings had been asked for when the first one had to move. */
  readonly firstMoved: number | undefined;
  readonly held: number;
}

function simulate(members: readonly string[], meetings: number, limit: number): Month {
  const counts = new Map(members.map((member) => [member, 0]));
  let [moved, held] = [0, 0];
  let firstMoved: number | undefined;
  for (let requested = 0; requested < meetings; requested += 1) {
    let place = 0;
    for (const member of rank(members, `meeting-${requested}`)) {
      const count = counts.get(member) ?? 0;
      if (count < limit) {
        counts.set(member, count + 1);
        break;
      }
      place += 1;
    }
    if (place > 0) firstMoved ??= requested;
    if (place === members.length) held += 1;
    else if (place > 0) moved += 1;
  }
  return { counts, moved, firstMoved, held };
}

const number = (value: number): string => Math.round(value).toLocaleString('en');

function report(size: number): string {
  const meetings = Number(values.meetings);
  const limit = Number(values.limit);
  const members = Array.from({ length: size }, (_, place) => idOf(place));
  const { counts, moved, firstMoved, held } = simulate(members, meetings, limit);
  const sorted = [...counts.values()].toSorted((one, other) => one - other);
  const at = (part: number): number => sorted[Math.round(part * (size - 1))] ?? 0;
  const mean = sorted.reduce((one, other) => one + other, 0) / size;
  const spread = Math.sqrt(
    sorted.reduce((sum, count) => sum + (count - mean) ** 2, 0) / sorted.length,
  );
  const full = sorted.filter((count) => count >= limit).length;
  const cells = [
    number(size),
    number(mean),
    number(spread),
    `${number(at(0))} / ${number(at(0.05))} / ${number(at(0.5))} / ${number(at(0.95))} / ${number(at(1))}`,
    number(full),
    number(moved),
    firstMoved === undefined ? '–' : number(firstMoved),
    number(held),
  ];
  return `| ${cells.join(' | ')} |`;
}

console.log(
  '| pool | mean | standard deviation | least / 5 % / median / 95 % / most | at the limit | moved to the next in rank | first moved after | held back |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const size of values.pool) console.log(report(Number(size)));
