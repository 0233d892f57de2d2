import { onlyAllowed } from '../../page/src/columns/allowed';
import type { Mapping } from '../../page/src/columns/mapping';

const column = { kind: 'column', column: 1 } as const;
const mapping: Mapping = {
  timeZone: 'UTC',
  sources: {
    organizer: column,
    organizerPool: column,
    'meeting.subject': column,
    'calendar.enabled': column,
  },
};

test.each([
  [
    'who may do everything',
    { ownOnly: false, pools: ['lessons'], hasCalendars: true },
    ['organizer', 'organizerPool', 'meeting.subject', 'calendar.enabled'],
  ],
  [
    'who may create only their own meetings',
    { ownOnly: true, pools: [], hasCalendars: true },
    ['meeting.subject', 'calendar.enabled'],
  ],
  [
    'where there are no pools and calendars',
    { ownOnly: false, pools: [], hasCalendars: false },
    ['organizer', 'meeting.subject'],
  ],
])('the sources of a person %s', (_who, rights, targets) => {
  const { sources } = onlyAllowed(mapping, rights);
  const used = Object.entries(sources).filter(([, { kind }]) => kind !== 'none');
  expect(used.map(([target]) => target)).toEqual(targets);
});
