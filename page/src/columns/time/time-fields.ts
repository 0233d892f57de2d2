/** The fields of a time: for its day, or its day and time of day; and for its time of day. */
export const start = { day: 'meeting.startDateTime', clock: 'startTime' } as const;
export const end = { day: 'meeting.endDateTime', clock: 'endTime' } as const;

/** The fields of the start or of the end. */
export type TimeFields = typeof start | typeof end;
