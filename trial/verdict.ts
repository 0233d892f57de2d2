import type { GraphSimulator } from '../local/graph-simulator';
import { judgeBatches, type BatchEvidence } from './batch-verdict';
import { createsBySubject, doubtOf, type Doubt } from './doubts';
import type { Told } from './endpoints';
import { contradiction, finalResult, type Ending } from './request-verdict';
import type { CollectedResult } from './result-collector';
import type { StoredState } from './stored-state';
import type { TrialRequest } from './trial-plan';

export interface Evidence extends Omit<BatchEvidence, 'stored' | 'active'> {
  readonly requests: readonly TrialRequest[];
  readonly graph: GraphSimulator;
  readonly told: readonly Told[];
  /** Calls to Graph whose whole answer reached an instance, by client-request-id. */
  readonly answered: ReadonlySet<string>;
  readonly state: StoredState;
  /** Requests that a person retried, by the number of calls that accepted a second meeting. */
  readonly retried: ReadonlyMap<string, number>;
}

export interface Verdict {
  readonly meetings: number;
  /** Meetings beyond the first of a request, and beyond those that a person accepted. */
  readonly duplicates: readonly string[];
  readonly withoutResult: readonly string[];
  /** Results that belong to no request that was sent. */
  readonly strays: readonly string[];
  /** Results, answers and rows that contradict each other or the simulator. */
  readonly contradictions: readonly string[];
  /** What is wrong with batches. */
  readonly batchProblems: readonly string[];
  readonly statuses: Readonly<Record<string, number>>;
  /** Unknown results by what made them so. */
  readonly unknown: Readonly<Record<Doubt, number>>;
  readonly failures: Readonly<Record<string, number>>;
}

/** Compares what callers and the results queue were told with what the simulator and storage have. */
export function judge(evidence: Evidence): Verdict {
  const { requests, graph, answered, state } = evidence;
  const endings = endingsOf(evidence);
  const creates = createsBySubject(graph);
  const count = {
    statuses: {},
    unknown: { answerLost: 0, notRecorded: 0, neverAsked: 0 },
    failures: {},
  };
  const duplicates: string[] = [];
  const withoutResult: string[] = [];
  const contradictions: string[] = [];
  for (const request of requests) {
    const { requestId, createOnly, meeting } = request;
    const ending = endings(request);
    const accepted = createOnly ? (evidence.retried.get(requestId) ?? 0) : 0;
    duplicates.push(...ending.made.slice(1 + accepted));
    const [first] = ending.results;
    if (first === undefined) {
      withoutResult.push(requestId);
      continue;
    }
    const wrong = contradiction(ending);
    if (wrong !== undefined) contradictions.push(`${requestId}: ${wrong}`);
    const final = finalResult(ending) ?? first;
    countEnd(final, count);
    if (final.status === 'unknown')
      count.unknown[doubtOf(creates.get(meeting.subject) ?? [], answered)] += 1;
  }
  return {
    meetings: graph.meetings.list().length,
    duplicates,
    withoutResult,
    contradictions,
    strays: straysOf(evidence),
    batchProblems: judgeBatches({ ...evidence, stored: state.batches, active: state.active }),
    ...count,
  };
}

/** What is known of each request. */
function endingsOf(evidence: Evidence): (request: TrialRequest) => Ending {
  const { results, told, state, retried, cancelled } = evidence;
  const made = grouped(evidence.graph.meetings.list(), ({ meeting }) => meeting.subject ?? '');
  const resultsOf = grouped(results, ({ requestId }) => requestId);
  const toldOf = grouped(told, ({ requestId }) => requestId);
  return ({ requestId, meeting }) => ({
    made: (made.get(meeting.subject) ?? []).map((each) => each.meeting.id),
    results: resultsOf.get(requestId) ?? [],
    told: toldOf.get(requestId) ?? [],
    entry: state.requests.get(requestId),
    isRetried: retried.has(requestId),
    cancelled,
  });
}

function straysOf({ requests, results }: Evidence): readonly string[] {
  const known = new Set(requests.map(({ requestId }) => requestId));
  return results
    .filter(({ requestId }) => !known.has(requestId))
    .map((result) => JSON.stringify(result));
}

interface Counts {
  readonly statuses: Record<string, number>;
  readonly failures: Record<string, number>;
}

function countEnd({ status, code }: CollectedResult, { statuses, failures }: Counts): void {
  statuses[status] = (statuses[status] ?? 0) + 1;
  if (status === 'failed' && code !== undefined) failures[code] = (failures[code] ?? 0) + 1;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
