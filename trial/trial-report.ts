import type { TrialReport } from './options';
import type { TrialPlan } from './plan/trial-plan';
import type { MessagesLeft } from './queues';
import type { People } from './sending/people';
import { faultsByKind } from './trial-faults';
import type { TrialHarness } from './trial-harness';
import type { Verdict } from './verdict/verdict';

export interface TrialEnd extends MessagesLeft {
  readonly verdict: Verdict;
  readonly plan: TrialPlan;
  readonly people: People;
  readonly harness: TrialHarness;
  readonly batches: number;
  readonly resultMessages: number;
  readonly leftByCleanUp: number;
  readonly madeByCleanUp: number;
  readonly seconds: number;
}

export function toReport({ verdict, plan, people, harness, ...counts }: TrialEnd): TrialReport {
  const { graph, faults, kills, storageRestarts, timerRuns, watch, pace } = harness;
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
    kills,
    storageRestarts,
    timerRuns,
    graphFaults: faultsByKind(graph.faultReport()),
    storageFaults: { 'request lost': faults.requestsLost, 'answer lost': faults.answersLost },
    messages: Object.fromEntries(watch.messages),
    slowestCallMs: Math.round(pace.slowestMs),
  };
}

const countTrue = (done: ReadonlyMap<string, boolean>): number =>
  [...done.values()].filter(Boolean).length;
