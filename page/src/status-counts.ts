import { meetingStatuses, type MeetingStatus } from '../../src/results/meeting-result';

export type CountName = Exclude<MeetingStatus, 'preview'> | 'pending';

/** The counts of a batch that makes meetings. */
export const countNames: readonly CountName[] = [
  ...meetingStatuses.filter((status) => status !== 'preview'),
  'pending',
];
