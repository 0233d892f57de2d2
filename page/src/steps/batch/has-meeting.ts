import type { RowResult } from '../../api/answers';

const withMeeting: ReadonlySet<string> = new Set(['created', 'existing', 'updated', 'unchanged']);

/** Whether the row has made, found or changed its meeting. */
export const hasMeeting = ({ status, meeting }: RowResult): boolean =>
  withMeeting.has(status) && meeting !== null;
