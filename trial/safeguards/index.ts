import { ofBatches } from './batches';
import { ofCalendars } from './calendars';
import { ofChanges } from './changes';
import { ofPools } from './pools';
import { ofRequests } from './requests';
import { ofRows } from './rows';
import type { Safeguards } from './safeguard';

/** Each removes one safeguard; a test must notice it. */
export const safeguards: Safeguards = {
  ...ofRequests,
  ...ofRows,
  ...ofChanges,
  ...ofCalendars,
  ...ofBatches,
  ...ofPools,
};
