import type { TrialReport } from './options';
import type { TrialPlan } from './plan/trial-plan';
import type { StoredState } from './storage/stored-state';
import type { MessagesLeft } from './storage/queues';
import type { People } from './sending/people';
import { faultsByKind } from './trouble/trial-faults';
import type { TrialHarness } from './trial-harness';
import type { Verdict } from './verdict/verdict';

/** Everything that is known at the end of a trial. */
interface TrialEnd extends MessagesLeft {
  readonly verdict: Verdict;
  readonly state: StoredState;
  readonly plan: TrialPlan;
  readonly people: People;
  readonly harness: TrialHarness;
  readonly batches: number;
  readonly resultMessages: number;
  readonly leftByCleanUp: number;
  readonly madeByCleanUp: number;
  readonly seconds: number;
}

/** Collects the numbers of a trial. */
export function toReport({
  verdict,
  state,
  plan,
  people,
  harness,
  ...counts
}: TrialEnd): TrialReport {
  const { graph, faults, kills, storageRestarts, poolChanges, timerRuns, watch, pace } = harness;
  const { requests, items, sendings } = plan;
  return {
    ...verdict,
    ...counts,
    requests: requests.length,
    changes: items.length - requests.length,
    sendings: sendings.length,
    cancelledBatches: countTrue(people.cancelled),
    undoneBatches: countTrue(people.undone),
    retriedRequests: people.retried.size,
    chosenOrganizers: countChosen(state),
    poolChanges,
    kills,
    storageRestarts,
    timerRuns,
    graphFaults: faultsByKind(graph.faultReport()),
    storageFaults: { 'request lost': faults.requestsLost, 'answer lost': faults.answersLost },
    messages: Object.fromEntries(watch.messages),
    slowestCallMs: Math.round(pace.slowestMs),
  };
}

function countChosen({ requests }: StoredState): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { organizerId = 'nobody', chosen } of requests.values())
    if (chosen !== undefined) counts[organizerId] = (counts[organizerId] ?? 0) + 1;
  return counts;
}

const countTrue = (done: ReadonlyMap<string, boolean>): number =>
  [...done.values()].filter(Boolean).length;
