import { MeetingError } from '../../errors/meeting-error';

interface StorageFailure {
  readonly statusCode?: number;
  readonly code?: string;
}

const failureOf = (thrown: unknown): StorageFailure =>
  typeof thrown === 'object' && thrown !== null ? thrown : {};

/** Whether storage has answered 404: no such queue, table, container or entry. */
export const isNotFound = (thrown: unknown): boolean => failureOf(thrown).statusCode === 404;
/** Whether storage has answered 409, such as for an entry that already exists. */
export const isConflict = (thrown: unknown): boolean => failureOf(thrown).statusCode === 409;
/** Whether storage has answered 412, such as for an entry with another ETag than the caller's. */
export const isPreconditionFailed = (thrown: unknown): boolean =>
  failureOf(thrown).statusCode === 412;

/** Translates any storage failure; `what` names the queue, table or container. */
export function toStorageError(thrown: unknown, what: string): MeetingError {
  if (thrown instanceof MeetingError) return thrown;
  const { statusCode, code } = failureOf(thrown);
  const cause =
    statusCode === 403
      ? 'refused the app’s identity'
      : `returned an unexpected response (${code ?? statusCode ?? 'no status'})`;
  return new MeetingError('storageUnavailable', `Storage ${cause}: ${what}.`, { cause: thrown });
}

/**
 * Runs a storage call. If the container, queue or table does not exist, creates it and repeats the call. The usual case
 * costs nothing extra.
 */
export async function creatingWhenMissing<T>(
  call: () => Promise<T>,
  create: () => Promise<unknown>,
): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
    await create();
    return call();
  }
}
