import { MeetingError } from '../../errors/meeting-error';

interface StorageFailure {
  readonly statusCode?: number;
  readonly code?: string;
}

const failureOf = (thrown: unknown): StorageFailure =>
  typeof thrown === 'object' && thrown !== null ? thrown : {};

export const isNotFound = (thrown: unknown): boolean => failureOf(thrown).statusCode === 404;
export const isConflict = (thrown: unknown): boolean => failureOf(thrown).statusCode === 409;
export const isPreconditionFailed = (thrown: unknown): boolean =>
  failureOf(thrown).statusCode === 412;

/** Translates any storage failure; `what` names the queue, table or container. */
export function toStorageError(thrown: unknown, what: string): MeetingError {
  if (thrown instanceof MeetingError) return thrown;
  const { statusCode, code } = failureOf(thrown);
  const cause =
    statusCode === 403
      ? 'refused the app’s identity'
      : `did not answer as it should (${code ?? statusCode ?? 'no answer'})`;
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
