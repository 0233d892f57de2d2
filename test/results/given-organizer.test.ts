import { givenOrganizer } from '../../src/results/given-organizer';

test.each([
  ['a request', { organizer: 'anna@contoso.com' }, 'anna@contoso.com'],
  ['a name that is too long', { organizer: 'a'.repeat(321) }, 'a'.repeat(320)],
  [
    'a name that is too long, with a character on the limit',
    { organizer: `${'a'.repeat(319)}\u{1F600}` },
    `${'a'.repeat(319)}\u{FFFD}`,
  ],
  ['no text', { organizer: { id: 1 } }, null],
  ['a list', ['organizer'], null],
  ['nothing', null, null],
])('reads the organizer of %s', (_, input, organizer) => {
  expect(givenOrganizer(input)).toEqual({ given: organizer, id: null });
});
