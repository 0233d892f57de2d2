import type { RowResult } from '../api';

const withMeeting: ReadonlySet<string> = new Set(['created', 'existing', 'updated', 'unchanged']);

export const hasMeeting = ({ status, meeting }: RowResult): boolean =>
  withMeeting.has(status) && meeting !== null;
