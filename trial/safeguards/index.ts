import { ofBatches } from './batches';
import { ofCalendars } from './calendars';
import { ofChanges } from './changes';
import { ofPools } from './pools';
import { ofRequests } from './requests';
import { ofRows } from './rows';
import type { Safeguards } from './safeguard';

/** Each takes one safeguard away. A test that does not notice proves nothing. */
export const safeguards: Safeguards = {
  ...ofRequests,
  ...ofRows,
  ...ofChanges,
  ...ofCalendars,
  ...ofBatches,
  ...ofPools,
};
