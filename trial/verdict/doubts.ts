import type { GraphSimulator } from '../../local/graph-simulator';
import { nameOf } from '../plan/trial-request';
import { subjectIn } from './history';

/** Why nobody could tell whether a request has its meeting. */
export type Doubt =
  /** Graph was asked, and its answer did not come back whole. */
  | 'answerLost'
  /** Graph answered, and the instance ended, or lost its storage, before that was recorded. */
  | 'notRecorded'
  /** The instance ended between taking the request and asking Graph. */
  | 'neverAsked';

/** Calls to Graph that may have made a meeting, by the subject with which its request came. */
export type Creates = ReadonlyMap<string, readonly CreateCall[]>;

interface CreateCall {
  /** Nothing was done to the answer on its way. */
  readonly isAnswered: boolean;
}

export function doubtOf(creates: readonly CreateCall[]): Doubt {
  if (creates.length === 0) return 'neverAsked';
  return creates.every(({ isAnswered }) => isAnswered) ? 'notRecorded' : 'answerLost';
}

/** Those that were neither refused nor throttled. A time-out at Graph's own end refuses nothing. */
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
