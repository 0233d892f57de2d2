import type { GraphDependencies } from '../dependencies';
import type { OrganizerPools } from '../pools/organizer-pools';
import type { OrganizerRights } from '../ports';
import type { RequestLedger } from '../request-ledger';
import {
  toErrorBody,
  type MeetingError,
  type MeetingErrorBody,
  type Problem,
} from '../../errors/meeting-error';
import type { PreviewOutcome, PropertyChange } from '../../results/meeting-result';

/** Dependencies of a preview. All of them only read. */
export interface PreviewDependencies extends Omit<GraphDependencies, 'provider'> {
  readonly ledger: Pick<RequestLedger, 'read' | 'readWithChange'>;
  readonly rights: OrganizerRights;
  readonly pools?: OrganizerPools | undefined;
  readonly callTimeoutMs: number;
  readonly allowPast: boolean;
}

/** The predicted outcome of a request. */
export interface RequestPreview {
  readonly outcome: PreviewOutcome;
  readonly changes: readonly PropertyChange[];
  readonly warnings: readonly Problem[];
  /** Set if, and only if, the outcome is `refuse`. */
  readonly error: MeetingErrorBody | null;
  /** Object id of the organizer, once known. */
  readonly organizerId: string | null;
}

/** A predicted outcome. Absent changes and warnings are empty. */
export type Found = Pick<RequestPreview, 'outcome'> & Partial<RequestPreview>;

/** Returns the preview of a request that would fail with this error. */
export const refuse = (error: MeetingError): Found => ({
  outcome: 'refuse',
  error: toErrorBody(error),
});

/** Returns a warning. `reason` completes its sentence. */
export const notChecked = (reason: string): Problem => ({
  code: 'notChecked',
  target: 'requestId',
  message: `Not everything could be checked: ${reason}`,
});
