import { meetingStatuses, type MeetingStatus } from '../../../src/results/meeting-result';

/** A status of rows; `pending` rows have no result yet. */
export type CountName = Exclude<MeetingStatus, 'preview'> | 'pending';

/** The counts of a batch that makes meetings. */
export const countNames: readonly CountName[] = [
  ...meetingStatuses.filter((status) => status !== 'preview'),
  'pending',
];
