import { hasMeeting } from '../../src/meetings/ledger';
import { toCollected, type CollectedResult } from '../results/result-collector';
import { describe, ownResults } from './agreement';
import type { History, Made } from './history';

/** The problem of the final state; undefined if Graph and the row match the newest change that was made. */
export function wrongEnd(history: History): string | undefined {
  const { entry, made } = history;
  if (entry === undefined) return 'its row is gone';
  if (entry.progress.state !== 'finished') return `its row is ${entry.progress.state}`;
  if (entry.pending !== undefined) return `revision ${entry.pending.revision} is left open`;
  if (wasCancelled(history) !== (entry.isCancelled === true))
    return entry.isCancelled === true
      ? 'it is cancelled, and nobody was told'
      : 'its cancel was confirmed, and it is not cancelled';
  if (entry.isCancelled === true) return afterCancel(history);
  const given = meetingIdOf(history);
  const kept = toCollected(entry.progress.result);
  if (kept.meetingId !== given)
    return `its row says ${describe(kept)}, and its results ${given?.slice(-12) ?? 'nothing'}`;
  if (given === undefined) return withoutMeeting(history, kept);
  const meeting = made.find(({ id }) => id === given);
  if (meeting !== undefined) return wrongProperty(history, meeting);
  return mayBeGone(history) ? undefined : 'it has its meeting, and Graph does not';
}

/** A cancel that was given up after it was sent to Graph is reported as failed, but may have taken effect. */
export const mayBeGone = (history: History): boolean =>
  isInDoubt(history.results.filter(({ pass }) => pass !== undefined)) ||
  history.changes.some(
    ({ action, revision }) => action === 'cancel' && isInDoubt(ownResults(history, revision)),
  );

/** Whether it was cancelled, by a change or by undoing a batch. */
const wasCancelled = ({ results }: History): boolean => results.some(isCancel);

/** Whether the result says that the meeting was cancelled. */
export const isCancel = ({ status, code }: CollectedResult): boolean =>
  status === 'cancelled' && code === undefined;

const meetingIdOf = ({ results }: History): string | undefined =>
  results.find(({ meetingId }) => meetingId !== undefined)?.meetingId;

/** Whether the meeting may be lost: a plain create whose response was lost cannot be found. */
const mayBeLost = ({ request, results }: History): boolean =>
  request.createOnly && results.some(({ status }) => status === 'unknown');

function withoutMeeting(history: History, kept: CollectedResult): string | undefined {
  const { made, results } = history;
  if (made.length > 0 && !results.some(({ status }) => status === 'unknown'))
    return `${describe(kept)}, and there is a meeting`;
  const last = lastAttempt(ownResults(history, kept.revision));
  return last === undefined || last.status === kept.status
    ? undefined
    : `its row says ${describe(kept)}, and its result ${describe(last)}`;
}

/** The result that counts: that of the last attempt. */
export const lastAttempt = (results: readonly CollectedResult[]): CollectedResult | undefined =>
  results.reduce<CollectedResult | undefined>(
    (last, next) => (last === undefined || next.attempts > last.attempts ? next : last),
    undefined,
  );

/** After a cancel, no meeting is left and none was made later. */
function afterCancel(history: History): string | undefined {
  const { made, madeAt, results } = history;
  if (mayBeLost(history)) return undefined;
  if (made.length > 0) return 'it is cancelled, and there is a meeting';
  const ended = results.filter(isCancel).map(({ completedDateTime }) => completedDateTime);
  const first = ended.toSorted()[0] ?? '';
  return madeAt.some((at) => at > first) ? 'a meeting was made after it was cancelled' : undefined;
}

/** Errors of changes that have certainly changed nothing. */
const withoutEffect = new Set([
  'cancelled',
  'noMeeting',
  'invalidRequest',
  'requestIdReused',
  'requestNotFound',
  'revisionReused',
]);

/**
 * Each property has the value of the newest change that names it. A change that failed after it was sent may or may not
 * have taken effect.
 */
function wrongProperty(history: History, meeting: Made): string | undefined {
  const names = ['subject', 'lobby'] as const;
  for (const name of names) {
    const [certain, doubtful] = [
      requestedValues(history, name, isMade),
      requestedValues(history, name, isInDoubt),
    ];
    const newest = certain.at(-1);
    if (newest === undefined || [newest, ...doubtful].includes(meeting[name] ?? '')) continue;
    return `its ${name} is ${meeting[name]}, and not ${newest}`;
  }
  return undefined;
}

/** The requested values of a property in the request and its changes, in order. */
function requestedValues(
  history: History,
  name: 'subject' | 'lobby',
  counts: (results: readonly CollectedResult[]) => boolean,
): readonly string[] {
  const { request, changes } = history;
  const said = [
    { revision: undefined, wants: request.meeting },
    ...changes.map(({ revision, action, sets }) => ({
      revision,
      wants: action === 'upsert' ? { ...request.meeting, ...sets } : sets,
    })),
  ];
  return said
    .filter(({ revision }) => counts(ownResults(history, revision)))
    .flatMap(({ wants }) => valueOf(wants, name) ?? []);
}

function valueOf(wants: object, name: 'subject' | 'lobby'): string | undefined {
  const { subject, lobbyBypassSettings } = wants as {
    readonly subject?: string;
    readonly lobbyBypassSettings?: { readonly scope: string };
  };
  return name === 'subject' ? subject : lobbyBypassSettings?.scope;
}

const isMade = (results: readonly CollectedResult[]): boolean =>
  results.some(
    ({ status, notApplied }) => hasMeeting(status) && status !== 'superseded' && notApplied === 0,
  );

const isInDoubt = (results: readonly CollectedResult[]): boolean =>
  results.some(
    ({ status, code, notApplied }) =>
      notApplied > 0 || (status === 'failed' && !withoutEffect.has(code ?? '')),
  );
