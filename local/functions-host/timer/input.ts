import type { TypedData } from '../worker/rpc';

const never = '0001-01-01T00:00:00';

/** What a timer function is handed when it is started by hand or at start-up: no schedule has been recorded. */
export const timerInput: TypedData = {
  json: JSON.stringify({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: never, Next: never, LastUpdated: never },
    IsPastDue: false,
  }),
};
