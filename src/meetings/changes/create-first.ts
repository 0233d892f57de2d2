import type { ChangeAttempt } from './change-attempt';
import { arrived, newEntry, type Attempt, type LookedUp } from '../attempt';
import { runAttempt } from '../create/run-attempt';
import type { ChangeRequest } from '../change';
import { isSamePool, lookUpOrganizer } from '../create/create-meeting';
import type { Outcome } from '../outcome';
import { callGraphFirst } from '../create/call-graph';
import type { StoredEntry } from '../request-ledger';
import { takeOver } from '../create/take-over';

/** Makes the meeting of an upsert; undefined if another attempt has begun it since. */
export async function create(
  attempt: ChangeAttempt,
  stored: StoredEntry | undefined,
): Promise<Outcome | undefined> {
  const { request } = attempt.change;
  const organizer = chosenBefore(request, stored) ?? (await lookUpOrganizer(request, attempt.deps));
  const making = { ...attempt, request, organizer };
  const begun = await begin(making, stored);
  return begun === undefined ? undefined : runAttempt(making, await callGraphFirst(making, begun));
}

/** Keeps the organizer that was chosen for a failed request. */
function chosenBefore(
  { organizerPool }: ChangeRequest,
  stored: StoredEntry | undefined,
): LookedUp | undefined {
  const { organizerId, chosen } = stored?.entry ?? {};
  if (organizerPool === undefined || organizerId === undefined || chosen === undefined)
    return undefined;
  return isSamePool(organizerPool, { organizerPool: chosen.pool })
    ? { id: organizerId, chosen }
    : undefined;
}

async function begin(
  making: Attempt,
  stored: StoredEntry | undefined,
): Promise<StoredEntry | undefined> {
  const { ledger } = making.deps;
  const entry = newEntry(making);
  if (stored !== undefined)
    return takeOver(ledger, stored, { ...entry, attempts: stored.entry.attempts + 1 });
  const begun = await ledger.begin(entry);
  return begun.inserted ? begun : undefined;
}

/**
 * Makes one more attempt at the meeting itself, as requested; undefined if another request asked for it.
 * @throws MeetingError as `createMeeting`.
 */
export async function finishCreate(
  { change, metadata, deps }: ChangeAttempt,
  stored: StoredEntry | undefined,
): Promise<Outcome | undefined> {
  if (stored?.entry.request === undefined) return undefined;
  const { request, requestId, organizerId, acceptedDateTime, progress, begunBy } = stored.entry;
  const isOwn = begunBy === change.key;
  const making: Attempt = {
    request: { ...request, requestId },
    organizer:
      organizerId === undefined ? await lookUpOrganizer(request, deps) : { id: organizerId },
    metadata: isOwn ? metadata : { attempts: 0, acceptedDateTime },
    deps,
  };
  const step = progress.state === 'finished' ? ({ kind: 'retried' } as const) : arrived(making);
  const outcome = await runAttempt(making, { stored, step });
  return isOwn ? outcome : undefined;
}
