import type { MessageMetadata } from '../../requests/message-metadata';
import type { QueuedRequest } from '../../requests/parse/queue-message';
import { actionIn, revisionIn } from '../../requests/parse/parse-meeting-request';

/** Whether only the time of its message orders a change among others. */
export const isOrderedBy = (
  message: MessageMetadata,
  { input, metadata }: QueuedRequest,
): boolean =>
  isChangeInput(input) &&
  revisionIn(input) === undefined &&
  metadata.acceptedDateTime === message.acceptedDateTime;

/** The revision of a change that has not been parsed; undefined for a create. */
export const revisionOfInput = ({ input, metadata }: QueuedRequest): number | undefined =>
  isChangeInput(input) ? (revisionIn(input) ?? Date.parse(metadata.acceptedDateTime)) : undefined;

const isChangeInput = (input: unknown): boolean => actionIn(input) !== 'create';
