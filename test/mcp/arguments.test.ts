import * as z from 'zod';
import type { MeetingError } from '../../src/errors/meeting-error';
import { readArguments } from '../../src/mcp/arguments';
import { changeShape, meetingShape, toChange } from '../../src/mcp/meeting-input';

const evening = {
  organizer: 'anna@contoso.com',
  subject: 'Parent evening',
  start: '2030-01-15T14:30:00',
  durationMinutes: 30,
};

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (thrown) {
    const { details = [] } = thrown as MeetingError;
    return details.map(({ code, target, message }) => `${code} ${target}: ${message}`);
  }
}

const reading = (shape: z.ZodRawShape, given: object) =>
  problemsOf(() => readArguments(z.strictObject(shape), given));

test.each<[string, object, string]>([
  [
    'a misspelled argument',
    { ...evening, attendes: ['ben@contoso.com'] },
    'unknownProperty attendes: The argument "attendes" does not exist here. Did you mean attendees?',
  ],
  [
    'a property of a meeting beside options',
    { ...evening, lobbyBypassSettings: { scope: 'everyone' } },
    'unknownProperty lobbyBypassSettings: The argument "lobbyBypassSettings" does not exist here. Did you mean options.lobbyBypassSettings?',
  ],
  [
    'a property with another name here',
    { ...evening, participants: [] },
    'unknownProperty participants: The argument "participants" does not exist here. Did you mean attendees?',
  ],
  [
    'an argument that resembles none',
    { ...evening, colour: 'red' },
    'unknownProperty colour: The argument "colour" does not exist here.',
  ],
  [
    'a missing argument',
    { ...evening, subject: undefined },
    'missing subject: This argument is required.',
  ],
  ['text that is a number', { ...evening, subject: 5 }, 'wrongType subject: Expected text, got 5.'],
  [
    'a list that is text',
    { ...evening, attendees: 'ben@contoso.com' },
    'wrongType attendees: Expected a list, got "ben@contoso.com".',
  ],
  [
    'an entry of a list',
    { ...evening, attendees: [7] },
    'wrongType attendees[0]: Expected text, got 7.',
  ],
  [
    'half a minute',
    { ...evening, durationMinutes: 0.5 },
    'wrongType durationMinutes: Expected a whole number, got 0.5.',
  ],
  [
    'no duration',
    { ...evening, durationMinutes: 0 },
    'outOfRange durationMinutes: Expected at least 1, got 0.',
  ],
])('%s is refused by name', (_name, given, problem) => {
  expect(reading(meetingShape, given)).toEqual([problem]);
});

test('everything that is wrong is told at once', () => {
  expect(reading(changeShape, { attendes: [], subject: 5 })).toEqual([
    'missing requestId: This argument is required.',
    'wrongType subject: Expected text, got 5.',
    'unknownProperty attendes: The argument "attendes" does not exist here. Did you mean attendees?',
  ]);
});

test('options may name what no argument does', () => {
  expect(toChange({ options: { subject: 'Talk' } })).toMatchObject({
    meeting: { subject: 'Talk' },
  });
  expect(problemsOf(() => toChange({ subject: 'a', options: { subject: 'b' } }))).toEqual([
    'conflicting options.subject: Use either this or subject, not both.',
  ]);
});
