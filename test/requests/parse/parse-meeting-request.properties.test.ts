import fc from 'fast-check';
import { notApplied } from '../../../src/meetings/calls/not-applied';
import { onlineMeetingInputSchema, type OnlineMeeting } from '../../../src/requests/online-meeting';
import { parseMeetingRequest } from '../../../src/requests/parse/parse-meeting-request';
import { problemCodes } from '../../../src/errors/problems';
import { anyText } from '../../support/arbitraries/any-text';

const requestOf = (input: unknown) => {
  const parsed = parseMeetingRequest(input);
  return parsed.ok ? parsed.request : parsed.problems;
};

describe('for any input', () => {
  const known = fc.constantFrom(
    ...['requestId', 'organizer', 'language', 'timeZone', 'durationMinutes', 'meeting', 'subject'],
    ...[
      'startDateTime',
      'endDateTime',
      'participants',
      'attendees',
      'upn',
      'role',
      'identity',
      'user',
      'id',
    ],
    ...[
      'lobbyBypassSettings',
      'scope',
      'anonymizeIdentityForRoles',
      'isBroadcast',
      '__proto__',
      '@odata.type',
    ],
  );
  const leaf = fc.oneof(
    anyText(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(
      null,
      '',
      'a@x.org',
      'Europe/Lisbon',
      'everyone',
      '2026-12-01T14:30:00',
      46_357.5,
    ),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.oneof({ weight: 5, arbitrary: known }, fc.string()), tie('value'), {
        maxKeys: 6,
      }),
    ),
  }));
  const envelope = fc.record({
    requestId: value,
    organizer: value,
    timeZone: value,
    meeting: value,
  });

  test('parsing does not throw, and every problem has a code, a target and a message', () => {
    fc.assert(
      fc.property(fc.oneof(value, envelope, fc.anything()), (input) => {
        const parsed = parseMeetingRequest(input);
        if (parsed.ok) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const { code, target, message } of parsed.problems) {
          expect(problemCodes).toContain(code);
          expect(target).not.toBe('');
          expect(message).not.toBe('');
          expect(message.length).toBeLessThan(400);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('for any acceptable request', () => {
  const start = fc.date({
    min: new Date('1970-01-01'),
    max: new Date('2190-01-01'),
    noInvalidDate: true,
  });
  const seldom = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  // No text begins as Python's str() of bytes (b'…') or an error of Excel (#REF!) does: both are refused.
  const meeting = fc
    .record({
      subject: fc.stringMatching(/^[^\sb#].{0,20}$/),
      startDateTime: start.map((date) => date.toISOString()),
      allowedPresenters: seldom(fc.constantFrom('Everyone', 'ORGANIZER', 'roleIsPresenter', '')),
      recordAutomatically: seldom(fc.constantFrom('yes', 'No', '1', 0, true, null)),
      lobbyBypassSettings: seldom(
        fc.record({ scope: seldom(fc.constantFrom('invited', 'Everyone')) }),
      ),
      anonymizeIdentityForRoles: seldom(fc.constantFrom('attendee, presenter', ['presenter'])),
      participants: seldom(
        fc.record({
          attendees: fc.array(
            fc.constantFrom('a@x.org', 'A@x.org', { upn: 'b@x.org', role: 'Presenter' }, ''),
          ),
        }),
      ),
    })
    .map((value) => JSON.parse(JSON.stringify(value)) as object);
  const request = fc.record({
    requestId: fc.stringMatching(/^[!"$-ac-~]{1,20}$/),
    organizer: fc.constant('anna@contoso.com'),
    durationMinutes: fc.integer({ min: 1, max: 43_200 }),
    meeting,
  });

  test('the result is strict, and parsing it again changes nothing', () => {
    fc.assert(
      fc.property(request, (input) => {
        const parsed = requestOf(input);
        if (!('meeting' in parsed)) throw new Error(JSON.stringify(parsed));
        expect(onlineMeetingInputSchema.parse(parsed.meeting)).toEqual(parsed.meeting);
        expect(requestOf(parsed)).toEqual(parsed);
      }),
    );
  });

  test('a meeting that comes back as it was asked for has everything applied', () => {
    fc.assert(
      fc.property(request, (input) => {
        const parsed = requestOf(input);
        if (!('meeting' in parsed)) throw new Error(JSON.stringify(parsed));
        expect(notApplied(parsed.meeting, parsed.meeting as OnlineMeeting)).toEqual([]);
      }),
    );
  });
});
