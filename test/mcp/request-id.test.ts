import { requestIdOf } from '../../src/mcp/request-id';

const evening = {
  organizer: 'anna@contoso.com',
  subject: 'Parent evening',
  start: '2030-01-15T14:30:00',
  timeZone: 'Europe/Berlin',
};
const id = requestIdOf(evening);

test.each([
  ['the organizer in capitals', { organizer: 'ANNA@contoso.com' }],
  ['a space after the subject', { subject: 'Parent evening ' }],
  ['no seconds', { start: '2030-01-15T14:30' }],
  ['an offset', { start: '2030-01-15T14:30:00+01:00' }],
  ['UTC', { start: '2030-01-15T13:30:00Z', timeZone: undefined }],
  ['another name of the zone', { timeZone: 'W. Europe Standard Time' }],
])('the same meeting, with %s, has the same id', (_difference, change) => {
  expect(requestIdOf({ ...evening, ...change })).toBe(id);
});

test.each([
  ['organizer', { organizer: 'ben@contoso.com' }],
  ['organizer: a pool', { organizer: undefined, organizerPool: 'anna@contoso.com' }],
  ['subject', { subject: 'parent evening' }],
  ['start', { start: '2030-01-15T15:30:00' }],
  ['time zone', { timeZone: 'Europe/Lisbon' }],
  ['start that is no time', { start: 'tomorrow' }],
])('another %s gives another id', (_difference, change) => {
  expect(requestIdOf({ ...evening, ...change })).not.toBe(id);
});

test('the id that is given counts', () => {
  expect(requestIdOf({ ...evening, requestId: 'evening-1' })).toBe('evening-1');
});
