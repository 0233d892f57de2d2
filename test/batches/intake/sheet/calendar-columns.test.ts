import { readHeader, toDefaults, toInput } from '../../../../src/batches/intake/sheet/csv-header';

test('columns of the calendar become its properties', () => {
  const names = ['subject', 'calendar.invite', 'Calendar.Location', 'calendar.enabled'];
  const header = readHeader(names);
  expect(toInput(header, ['Evening', 'a@x.org; b@x.org', 'Room 3', 'yes'])).toEqual({
    meeting: { subject: 'Evening' },
    calendar: { invite: 'a@x.org; b@x.org', location: 'Room 3', enabled: 'yes' },
  });
});

test('without their prefix they are the caller’s own columns', () => {
  const header = readHeader(['subject', 'calendar', 'location', 'body']);
  expect(header.unused).toEqual(['calendar', 'location', 'body']);
});

test('a misspelled one is refused', () => {
  expect(() => readHeader(['subject', 'calendar.invitees'])).toThrow(
    /Did you mean calendar.invite/,
  );
});

test('the query can put a whole sheet into calendars', () => {
  expect(toDefaults([['calendar.enabled', 'true']])).toEqual({ calendar: { enabled: 'true' } });
});
