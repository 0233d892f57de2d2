import type { GraphSimulator } from '../../local/graph-simulator';
import { keyOf, type Item } from '../plan/changes';
import { keyOfItem } from '../plan/trial-plan';
import type { TrialRequest } from '../plan/trial-request';
import type { CollectedResult } from '../results/result-collector';
import type { StoredState } from '../storage/stored-state';
import { describe, ownResults } from './agreement';
import { judgeBatches } from './batch-verdict';
import type { BatchEvidence } from './batch-evidence';
import { createsBySubject, doubtOf, type Doubt } from './doubts';
import { lastAttempt } from './final-state';
import { historiesOf, type History, type HistoryEvidence } from './history';
import { judgePools } from './pool-verdict';
import { contradiction } from './request-verdict';

/** Everything that a trial is judged by. */
interface Evidence extends Omit<BatchEvidence, 'stored' | 'active'>, HistoryEvidence {
  readonly items: readonly Item[];
  readonly graph: GraphSimulator;
  readonly state: StoredState;
  /** Requests that a person retried, with the number of calls that accepted a second meeting. */
  readonly retried: ReadonlyMap<string, number>;
  /** Ids of requests of the pool that were counted before the trial. */
  readonly earlier: readonly string[];
}

/** What a trial has shown. It has passed if the lists of problems are empty. */
export interface Verdict {
  /** Number of meetings made, including cancelled ones. */
  readonly meetings: number;
  /** Meetings beyond the first of a request, and beyond those that a person accepted. */
  readonly duplicates: readonly string[];
  /** Requests and changes that have neither a result nor an answer. */
  readonly withoutResult: readonly string[];
  /** Results that belong to no request that was sent. */
  readonly strays: readonly string[];
  /** Results, answers and rows that contradict each other or the simulator. */
  readonly contradictions: readonly string[];
  /** Problems of batches. */
  readonly batchProblems: readonly string[];
  /** Problems of choices from the organizer pool, and of the counts of their meetings. */
  readonly poolProblems: readonly string[];
  /** Results of requests, by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Results of changes, by status. */
  readonly changeStatuses: Readonly<Record<string, number>>;
  /** Unknown results by reason. */
  readonly unknown: Readonly<Record<Doubt, number>>;
  readonly failures: Readonly<Record<string, number>>;
  readonly events: number;
  readonly invitations: number;
}

/** Compares the answers to callers and the results queue with the simulator and storage. */
export function judge(evidence: Evidence): Verdict {
  const { graph, state, results, answers, items } = evidence;
  const histories = historiesOf(evidence);
  const ended = new Set(
    [...results, ...answers].map((each) => keyOf(each.requestId, each.revision)),
  );
  return {
    meetings: histories.reduce((sum, { madeAt }) => sum + madeAt.length, 0),
    duplicates: histories.flatMap((history) => duplicatesOf(history, evidence)),
    withoutResult: items.map(keyOfItem).filter((key) => !ended.has(key)),
    contradictions: histories
      .filter((each) => each.results.length + each.answers.length > 0)
      .flatMap((history) => {
        const wrong = contradiction(history);
        if (wrong === undefined) return [];
        const said = [...history.results, ...history.answers].map(describe);
        return [`${history.request.requestId}: ${wrong} (${said.join(', ')})`];
      }),
    strays: straysOf(evidence),
    batchProblems: judgeBatches({ ...evidence, stored: state.batches, active: state.active }),
    poolProblems: judgePools({ ...evidence, requests: histories.flatMap(ofPool) }),
    ...countEnds(histories, evidence),
    events: graph.events.list().length,
    invitations: graph.events.mails.filter(({ kind }) => kind === 'invitation').length,
  };
}

const ofPool = ({ request }: History): readonly TrialRequest[] =>
  request.organizerPool === undefined ? [] : [request];

function duplicatesOf({ request, made }: History, { retried }: Evidence): readonly string[] {
  const accepted = request.createOnly ? (retried.get(request.requestId) ?? 0) : 0;
  return made.slice(1 + accepted).map(({ id }) => `${request.requestId}: ${id}`);
}

function straysOf({ items, results }: Evidence): readonly string[] {
  const known = new Set(items.map(({ request }) => request.requestId));
  return results
    .filter(({ requestId }) => !known.has(requestId))
    .map((result) => JSON.stringify(result));
}

function countEnds(histories: readonly History[], { graph }: Evidence) {
  const creates = createsBySubject(graph);
  const statuses: Record<string, number> = {};
  const changeStatuses: Record<string, number> = {};
  const failures: Record<string, number> = {};
  const unknown = { answerLost: 0, notRecorded: 0, neverRequested: 0 };
  const count = (result: CollectedResult | undefined, counts: Record<string, number>): void => {
    const { status = 'refused', code = '' } = result ?? {};
    counts[status] = (counts[status] ?? 0) + 1;
    if (status === 'failed') failures[code] = (failures[code] ?? 0) + 1;
  };
  for (const history of histories) {
    const { request, changes, results } = history;
    const own = lastAttempt(ownResults(history, undefined));
    count(own ?? results.find(({ revision }) => revision === undefined), statuses);
    if (own?.status === 'unknown')
      unknown[doubtOf(creates.get(request.meeting.subject) ?? [])] += 1;
    for (const { revision } of changes)
      count(
        results.find((result) => result.revision === revision),
        changeStatuses,
      );
  }
  return { statuses, changeStatuses, failures, unknown };
}
