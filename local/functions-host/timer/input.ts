import type { TypedData } from '../worker/rpc';
import type { ScheduleStatus } from './status-store';

const never = '0001-01-01T00:00:00';

const noStatus: ScheduleStatus = { Last: never, Next: never, LastUpdated: never };

/** The input of a timer function; without a status if it is started by hand and nothing is recorded. */
export const timerInput = (status = noStatus, isPastDue = false): TypedData => ({
  json: JSON.stringify({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: status,
    IsPastDue: isPastDue,
  }),
});
