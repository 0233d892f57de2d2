import { meetingStatuses, type MeetingStatus } from '../../src/results/meeting-result';

export type CountName = Exclude<MeetingStatus, 'preview'> | 'pending';

/** What a batch that makes meetings counts. */
export const countNames: readonly CountName[] = [
  ...meetingStatuses.filter((status) => status !== 'preview'),
  'pending',
];
