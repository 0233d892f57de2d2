import type { GraphSimulator } from '../../local/graph-simulator';
import { nameOf } from '../plan/trial-request';
import { subjectIn } from './history';

/** The reason why it was unknown whether a request has its meeting. */
export type Doubt =
  /** Graph was called, and its answer was lost or incomplete. */
  | 'answerLost'
  /** Graph answered, and the instance ended, or lost its storage, before that was recorded. */
  | 'notRecorded'
  /** The instance ended between claiming the request and calling Graph. */
  | 'neverRequested';

/** Calls to Graph that may have made a meeting, by the original subject of the request. */
type Creates = ReadonlyMap<string, readonly CreateCall[]>;

interface CreateCall {
  /** Whether the answer was delivered unchanged. */
  readonly isAnswered: boolean;
}

/** Returns why a result is unknown, from the calls that could have made its meeting. */
export function doubtOf(creates: readonly CreateCall[]): Doubt {
  if (creates.length === 0) return 'neverRequested';
  return creates.every(({ isAnswered }) => isAnswered) ? 'notRecorded' : 'answerLost';
}

/** The calls that were neither refused nor throttled. A time-out at Graph is not a refusal. */
export function createsBySubject({ log }: GraphSimulator): Creates {
  const calls = new Map<string, CreateCall[]>();
  for (const { method, body, status, fault } of log.list()) {
    const subject = nameOf(subjectIn(body));
    const isRefused = status !== null && status >= 400 && status < 500 && status !== 408;
    if (method !== 'POST' || subject === '' || isRefused) continue;
    calls.set(subject, [...(calls.get(subject) ?? []), { isAnswered: fault === null }]);
  }
  return calls;
}
