import type { GraphSimulator } from '../../local/graph-simulator';
import type { LedgerEntry } from '../../src/meetings/ledger';
import { nameOf, type TrialRequest } from '../plan/trial-request';
import type { Item, TrialChange } from '../plan/changes';
import type { CollectedResult } from '../results/result-collector';
import type { CallerAnswer } from '../sending/caller-answer';
import { grouped } from './grouped';

/** A mail that Exchange would have sent. */
export type Mail = GraphSimulator['events']['mails'][number];

/** A meeting in Graph's final state. */
export interface Made {
  readonly id: string;
  readonly subject: string | null;
  readonly lobby: string;
}

/** The final evidence about one request. */
export interface History {
  readonly request: TrialRequest;
  /** The changes that were sent, in order of revisions. */
  readonly changes: readonly TrialChange[];
  readonly made: readonly Made[];
  /** Times at which Graph made a meeting for it, including deleted ones; ISO 8601 UTC. */
  readonly madeAt: readonly string[];
  /** Number of events in the calendar. */
  readonly events: number;
  readonly mails: readonly Mail[];
  readonly results: readonly CollectedResult[];
  readonly answers: readonly CallerAnswer[];
  /** Its row; undefined if there is none. */
  readonly entry: LedgerEntry | undefined;
  /** Whether a person retried it; then later attempts may have other results. */
  readonly isRetried: boolean;
  /** Batches that a person asked to cancel. */
  readonly cancelled: ReadonlyMap<string, boolean>;
}

/** The evidence about all requests. */
export interface HistoryEvidence {
  readonly items: readonly Item[];
  readonly graph: Pick<GraphSimulator, 'meetings' | 'events' | 'log'>;
  readonly results: readonly CollectedResult[];
  readonly answers: readonly CallerAnswer[];
  readonly state: { readonly requests: ReadonlyMap<string, LedgerEntry> };
  readonly retried: ReadonlyMap<string, unknown>;
  readonly cancelled: ReadonlyMap<string, boolean>;
}

/** The evidence about each request. */
export function historiesOf(evidence: HistoryEvidence): readonly History[] {
  const { items, graph, results, answers, state, retried, cancelled } = evidence;
  const changesOf = grouped(items, ({ request }) => request.requestId);
  const made = grouped(graph.meetings.list(), ({ meeting }) => nameOf(meeting.subject));
  const events = grouped(graph.events.list(), ({ event }) => nameOf(event.subject));
  const mails = grouped(graph.events.mails, ({ to }) => to);
  const makings = grouped(graph.log.list().filter(isMaking), ({ body }) => nameOf(subjectIn(body)));
  const resultsOf = grouped(results, ({ requestId }) => requestId);
  const answersOf = grouped(answers, ({ requestId }) => requestId);
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
        answers: answersOf(requestId),
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

/** Whether the call made a meeting or event; a createOrGet that finds one does not. */
export const isMaking = ({ method, path, committed }: Call): boolean =>
  method === 'POST' && committed && !path.endsWith('/cancel');

/** Returns the subject in the body of a call; empty if there is none. */
export const subjectIn = (body: unknown): string => {
  const subject = (body as { readonly subject?: unknown } | null)?.subject;
  return typeof subject === 'string' ? subject : '';
};
