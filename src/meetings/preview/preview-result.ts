import type { Clock } from '../ports';
import type { RequestPreview } from './request-preview';
import { toErrorBody, type MeetingError, type Problem } from '../../errors/meeting-error';
import { makeResult, type ResultSubject } from '../../results/make-result';
import type { MeetingResult } from '../../results/meeting-result';

/** The result of a request that was only previewed. */
export function previewResult(
  { requestId, organizer, metadata }: ResultSubject,
  { organizerId, error, ...found }: RequestPreview,
  clock: Pick<Clock, 'now'>,
): MeetingResult {
  const { outcome, changes, warnings } = found;
  return makeResult(
    { requestId, organizer: { ...organizer, id: organizerId }, metadata },
    {
      status: 'preview',
      preview: { outcome, changes, warnings },
      error,
      attempts: 0,
      completedDateTime: clock.now().toISOString(),
    },
  );
}

/** The preview of an invalid request, or of one that is not previewed. */
export const refusedPreview = (
  error: MeetingError,
  warnings: readonly Problem[] = [],
): RequestPreview => ({
  outcome: 'refuse',
  changes: [],
  warnings,
  error: toErrorBody(error),
  organizerId: null,
});
