import type { GraphSimulator } from '../../local/graph-simulator';
import type { LedgerEntry } from '../../src/meetings/ledger';
import { nameOf, type TrialRequest } from '../plan/trial-request';
import type { Item, TrialChange } from '../plan/changes';
import type { CollectedResult } from '../results/result-collector';
import type { Told } from '../sending/told';
import { grouped } from './grouped';

export type Mail = GraphSimulator['events']['mails'][number];

/** A meeting that Graph has in the end. */
export interface Made {
  readonly id: string;
  readonly subject: string | null;
  readonly lobby: string;
}

/** All that is known of one request in the end. */
export interface History {
  readonly request: TrialRequest;
  /** Those that were sent, in order of their revisions. */
  readonly changes: readonly TrialChange[];
  readonly made: readonly Made[];
  /** When Graph made a meeting of it, also one that is gone; ISO 8601 UTC. */
  readonly madeAt: readonly string[];
  /** Events that are in the calendar. */
  readonly events: number;
  readonly mails: readonly Mail[];
  readonly results: readonly CollectedResult[];
  readonly told: readonly Told[];
  /** Its row; undefined if there is none. */
  readonly entry: LedgerEntry | undefined;
  /** Whether a person retried it. Then results of later attempts may say something else. */
  readonly isRetried: boolean;
  /** Batches that somebody has asked to cancel. */
  readonly cancelled: ReadonlyMap<string, boolean>;
}

export interface HistoryEvidence {
  readonly items: readonly Item[];
  readonly graph: Pick<GraphSimulator, 'meetings' | 'events' | 'log'>;
  readonly results: readonly CollectedResult[];
  readonly told: readonly Told[];
  readonly state: { readonly requests: ReadonlyMap<string, LedgerEntry> };
  readonly retried: ReadonlyMap<string, unknown>;
  readonly cancelled: ReadonlyMap<string, boolean>;
}

/** What is known of each request. */
export function historiesOf(evidence: HistoryEvidence): readonly History[] {
  const { items, graph, results, told, state, retried, cancelled } = evidence;
  const changesOf = grouped(items, ({ request }) => request.requestId);
  const made = grouped(graph.meetings.list(), ({ meeting }) => nameOf(meeting.subject));
  const events = grouped(graph.events.list(), ({ event }) => nameOf(event.subject));
  const mails = grouped(graph.events.mails, ({ to }) => to);
  const makings = grouped(graph.log.list().filter(isMaking), ({ body }) => nameOf(subjectIn(body)));
  const resultsOf = grouped(results, ({ requestId }) => requestId);
  const toldOf = grouped(told, ({ requestId }) => requestId);
  return items.flatMap(({ request, change }): readonly History[] => {
    if (change !== undefined) return [];
    const { requestId, meeting, calendar } = request;
    return [
      {
        request,
        changes: changesOf(requestId).flatMap((item) => item.change ?? []),
        made: made(meeting.subject).map(toMade),
        madeAt: makings(meeting.subject).map(({ at }) => at),
        events: events(meeting.subject).length,
        mails: (calendar?.invite ?? []).flatMap((address) => mails(address.toLowerCase())),
        results: resultsOf(requestId),
        told: toldOf(requestId),
        entry: state.requests.get(requestId),
        isRetried: retried.has(requestId),
        cancelled,
      },
    ];
  });
}

type Stored = ReturnType<GraphSimulator['meetings']['list']>[number];
type Call = ReturnType<GraphSimulator['log']['list']>[number];

const toMade = ({ meeting }: Stored): Made => ({
  id: meeting.id,
  subject: meeting.subject,
  lobby: meeting.lobbyBypassSettings.scope,
});

/** A new meeting or event; createOrGet that finds one makes nothing. */
export const isMaking = ({ method, path, committed }: Call): boolean =>
  method === 'POST' && committed && !path.endsWith('/cancel');

export const subjectIn = (body: unknown): string => {
  const subject = (body as { readonly subject?: unknown } | null)?.subject;
  return typeof subject === 'string' ? subject : '';
};
