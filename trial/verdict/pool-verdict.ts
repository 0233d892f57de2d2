import type { GraphSimulator } from '../../local/graph-simulator';
import { countedKey } from '../../src/adapters/storage/requests/organizer-counts';
import type { LedgerEntry } from '../../src/meetings/ledger';
import type { OrganizerMonth } from '../../src/meetings/pools/organizer-pools';
import { nameOf, type TrialRequest } from '../plan/trial-request';
import { grouped } from './grouped';
import { isMaking, subjectIn } from './history';

/** The stored count of an organizer in a month. */
export interface CountedMonth extends OrganizerMonth {
  /** The sum. */
  readonly meetings: number;
  /** Keys of the counted requests. */
  readonly keys: readonly string[];
}

/** Everything that is known about the organizer pool. */
export interface PoolEvidence {
  /** The requests that name a pool. */
  readonly requests: readonly TrialRequest[];
  readonly graph: Pick<GraphSimulator, 'log'>;
  readonly state: {
    readonly requests: ReadonlyMap<string, LedgerEntry>;
    readonly months: readonly CountedMonth[];
  };
  /** Ids of requests that were counted before the trial. */
  readonly earlier: readonly string[];
}

const nameOfMonth = ({ organizerId, month }: OrganizerMonth): string => `${organizerId} ${month}`;

/**
 * The problems of choices from a pool; empty if each request was made only for the organizer in its row and is counted
 * once, for that organizer, and nothing else is counted.
 */
export function judgePools({ requests, graph, state, earlier }: PoolEvidence): readonly string[] {
  const monthsOf = grouped(
    state.months.flatMap((month) => month.keys.map((key) => ({ key, name: nameOfMonth(month) }))),
    ({ key }) => key,
  );
  const makings = grouped(graph.log.list().filter(isMaking), ({ body }) => nameOf(subjectIn(body)));
  const known = new Set(
    [...requests.map(({ requestId }) => requestId), ...earlier].map(countedKey),
  );
  return [
    ...state.months.flatMap(wrongSum),
    ...state.months.flatMap(({ keys }) => keys.filter((key) => !known.has(key))),
    ...requests.flatMap(({ requestId, meeting }) => {
      const wrong = wrongChoice({
        entry: state.requests.get(requestId),
        madeFor: makings(meeting.subject).map(({ path }) => organizerIn(path)),
        countsWith: monthsOf(countedKey(requestId)).map(({ name }) => name),
      });
      return wrong === undefined ? [] : [`${requestId}: ${wrong}`];
    }),
  ];
}

const wrongSum = ({ meetings, keys, ...month }: CountedMonth): readonly string[] =>
  meetings === keys.length
    ? []
    : [`${nameOfMonth(month)}: ${meetings} meetings are counted, of ${keys.length} requests`];

interface Choice {
  readonly entry: LedgerEntry | undefined;
  /** Organizers for whom Graph made a meeting of the request, including deleted ones. */
  readonly madeFor: readonly string[];
  readonly countsWith: readonly string[];
}

function wrongChoice({ entry, madeFor, countsWith }: Choice): string | undefined {
  const { organizerId = 'nobody', chosen } = entry ?? {};
  const stranger = madeFor.find((organizer) => organizer !== organizerId);
  if (stranger !== undefined) return `it was made for ${stranger}, and chosen was ${organizerId}`;
  const own = nameOfMonth({ organizerId, month: chosen?.month ?? 'never' });
  if (madeFor.length > 0 && countsWith.length === 0) return 'it has a meeting, and does not count';
  const isRight = countsWith.length <= 1 && countsWith.every((name) => name === own);
  return isRight ? undefined : `it counts with ${countsWith.join(', ')}, and not with ${own}`;
}

const organizerIn = (path: string): string => /\/users\/([^/]+)/.exec(path)?.[1] ?? path;
