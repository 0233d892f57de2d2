import fc from 'fast-check';
import { renderInvitation } from '../../src/invitations';
import { sequenceOf, uidOf } from '../../src/invitations/invitation';
import { findTimeZone } from '../../src/requests/time/time-zones';
import type { InvitationSource } from '../../src/results/invitation-source';
import { anyText } from '../support/arbitraries/any-text';

const source: InvitationSource = {
  requestId: 'enrolment-2026-0017',
  organizerId: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
  organizerAddress: 'anna@contoso.com',
  meeting: {
    subject: 'Parent evening, 3a; "Überflieger"',
    startDateTime: '2026-12-01T14:30:00.1234567Z',
    endDateTime: '2026-12-01T15:00:00Z',
    joinWebUrl: 'https://teams.example/1',
    joinInformation: {
      content:
        'data:text/html,%3cp%3e%3ca+href%3d%22https%3a%2f%2fteams.example%2f1%22%3eJetzt+teilnehmen%3c%2fa%3e%3c%2fp%3e',
    },
  },
  isCancelled: false,
  acceptedDateTime: '2026-11-02T09:00:00.000Z',
  completedDateTime: '2026-11-02T09:00:41.000Z',
};

const icsOf = (more: Partial<InvitationSource> = {}) =>
  renderInvitation({ ...source, ...more }, 'ics');

/** https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
const unfolded = (body: string): string[] => body.replaceAll(/\r\n[ \t]/g, '').split('\r\n');

test('an invitation for calendars', () => {
  const { contentType, body } = icsOf();
  expect(contentType).toBe('text/calendar; charset=utf-8; method=PUBLISH');
  expect(unfolded(body)).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Convoke//Convoke//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    'UID:88a0ac40edd442169e9084dc244a095e4b61c470176d053db16706e5e56c0119@convoke',
    'SEQUENCE:0',
    'DTSTAMP:20261102T090041Z',
    'DTSTART:20261201T143000Z',
    'DTEND:20261201T150000Z',
    'SUMMARY:Parent evening\\, 3a\\; "Überflieger"',
    'LOCATION:Microsoft Teams',
    'DESCRIPTION:Jetzt teilnehmen <https://teams.example/1>',
    'X-ALT-DESC;FMTTYPE=text/html:<p><a href="https://teams.example/1">Jetzt teilnehmen</a></p>',
    'ORGANIZER;CN="anna@contoso.com":mailto:anna@contoso.com',
    'URL;VALUE=URI:https://teams.example/1',
    'STATUS:CONFIRMED',
    'X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/1',
    'CREATED:20261102T090000Z',
    'LAST-MODIFIED:20261102T090041Z',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test('a cancelled one removes itself from calendars, with the same UID', () => {
  const { contentType, body } = icsOf({ isCancelled: true, revision: 3 });
  expect(contentType).toBe('text/calendar; charset=utf-8; method=CANCEL');
  const lines = unfolded(body);
  expect(lines).toEqual(
    expect.arrayContaining([
      'METHOD:CANCEL',
      'STATUS:CANCELLED',
      'SEQUENCE:3',
      `UID:${uidOf(source)}`,
    ]),
  );
  expect(body).not.toContain('teams.example');
});

test('an event that is already in calendars keeps its id', () => {
  expect(unfolded(icsOf({ iCalUId: '040000008200E0' }).body)).toContain('UID:040000008200E0');
});

test('lines have at most 75 bytes, and no text of a caller begins one', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 200 }), (text) => {
      const subject = `${text}\r\nATTENDEE:x`;
      const { body } = icsOf({ meeting: { ...source.meeting, subject } });
      const lines = body.split('\r\n');
      expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
      expect(unfolded(body).filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
    }),
  );
});

test('requests of different people or installations have different UIDs', () => {
  const others = [
    { ...source, requestId: 'enrolment-2026-0018' },
    { ...source, organizerId: 'dc17674c-81d9-4adb-bfb2-8f6a442e4602' },
  ];
  expect(new Set([source, ...others].map(uidOf)).size).toBe(3);
});

test('a higher revision never gets a lower SEQUENCE, and all fit 32 bits', () => {
  const revision = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(revision, revision, (one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)].map(sequenceOf);
      expect(low).toBeLessThanOrEqual(high ?? 0);
      expect(high).toBeLessThanOrEqual(2_147_483_647);
    }),
  );
  expect([undefined, 0, 7, 1_793_000_000_000].map(sequenceOf)).toEqual([0, 0, 7, 315_163_200]);
});

test('an invitation as text', () => {
  expect(renderInvitation(source, 'text')).toEqual({
    contentType: 'text/plain; charset=utf-8',
    body: [
      'Parent evening, 3a; "Überflieger"',
      'Tuesday, December 1, 2026, 2:30 – 3:00 PM (UTC)',
      '',
      'Jetzt teilnehmen <https://teams.example/1>',
      '',
    ].join('\n'),
  });
});

test.each([
  [
    'de-AT, de;q=0.8',
    'Europe/Vienna',
    'Dienstag, 1. Dezember 2026, 15:30–16:00 Uhr (Europe/Vienna)',
  ],
  ['x-klingon', 'UTC+2', 'Tuesday, December 1, 2026, 4:30 – 5:00 PM (UTC+2)'],
])('the time in %s and %s', (language, zone, expected) => {
  const timeZone = findTimeZone(zone);
  const { body } = renderInvitation(
    { ...source, language, ...(timeZone !== undefined && { timeZone }) },
    'text',
  );
  expect(body.split('\n')[1]).toBe(expected);
});

test('HTML shows what callers wrote as text', () => {
  const meeting = { ...source.meeting, subject: '<script>alert("1")</script>' };
  const { body } = renderInvitation({ ...source, meeting }, 'html');
  expect(body).not.toContain('<script');
  expect(body).toContain('<h1>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</h1>');
  expect(body).toContain('>Jetzt teilnehmen</a>');
});

test('a meeting without join information still has its link', () => {
  const { joinInformation: _, ...meeting } = source.meeting;
  expect(renderInvitation({ ...source, meeting }, 'text').body).toContain(
    'https://teams.example/1',
  );
  expect(renderInvitation({ ...source, meeting }, 'html').body).toContain(
    '<a href="https://teams.example/1">',
  );
});

test('a cancelled meeting has no link in any form', () => {
  for (const form of ['text', 'html', 'ics'] as const) {
    const { body } = renderInvitation({ ...source, isCancelled: true }, form);
    expect(body).not.toContain('teams.example');
  }
  expect(renderInvitation({ ...source, isCancelled: true }, 'text').body).toMatch(
    /^Cancelled: Parent/,
  );
});
