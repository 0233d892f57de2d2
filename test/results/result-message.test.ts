import fc from 'fast-check';
import type { OnlineMeeting } from '../../src/requests/online-meeting';
import type { MeetingResult } from '../../src/results/meeting-result';
import { fitResult, maxMessageBytes, toAsciiJson } from '../../src/results/result-message';
import { anyText } from '../support/arbitraries/any-text';

const resultWith = (meeting: OnlineMeeting): MeetingResult => ({
  requestId: 'r-1',
  status: 'created',
  organizer: { given: 'anna@contoso.com', id: null },
  meeting,
  notApplied: [],
  error: null,
  attempts: 1,
  acceptedDateTime: '2026-12-01T08:00:00.000Z',
  completedDateTime: '2026-12-01T08:00:01.000Z',
});

const essentials = { id: 'MSpk', joinWebUrl: 'https://teams.example/1', subject: 'Parent evening' };
const joinInformation = { content: 'x'.repeat(50_000), contentType: 'html' };
const attendees = Array.from({ length: 1000 }, (_, index) => ({
  upn: `parent-${index}@a-school-with-a-long-name.example.org`,
}));

describe('fitResult', () => {
  test.each<[string, OnlineMeeting, object]>([
    ['nothing of a small meeting', essentials, { meeting: essentials }],
    [
      'the invitation first',
      { ...essentials, joinInformation },
      { meeting: essentials, truncated: ['meeting.joinInformation'] },
    ],
    [
      'then the attendees',
      { ...essentials, joinInformation, participants: { organizer: null, attendees } },
      {
        meeting: { ...essentials, participants: { organizer: null } },
        truncated: ['meeting.joinInformation', 'meeting.participants.attendees'],
      },
    ],
    [
      'then all that is not needed to join',
      { ...essentials, participants: { producers: attendees } },
      { meeting: essentials, truncated: ['meeting.participants'] },
    ],
  ])('leaves out %s', (_name, meeting, expected) => {
    expect(fitResult(resultWith(meeting))).toEqual({ ...resultWith(meeting), ...expected });
  });

  test.each([
    ['still lacks', {}, { truncated: ['meeting.joinInformation'] }],
    ['has again', { joinInformation: null }, {}],
  ])('lists what an earlier result left out and the meeting %s', (_name, more, expected) => {
    const known = resultWith({ ...essentials, ...more });
    const result = fitResult({ ...known, truncated: ['meeting.joinInformation'] });
    expect(result).toEqual({ ...known, ...expected });
  });

  test('lists what it leaves out besides', () => {
    const earlier = ['meeting.joinInformation'];
    const result = { ...resultWith({ ...essentials, participants: { producers: attendees } }) };
    expect(fitResult({ ...result, truncated: earlier }).truncated).toEqual([
      ...earlier,
      'meeting.participants',
    ]);
  });

  test('always fits, and base64 of it too', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), anyText({ maxLength: 20_000 }), {
          maxKeys: 6,
        }),
        (meeting) => {
          const text = toAsciiJson(fitResult(resultWith(meeting)));
          expect(text.length).toBeLessThanOrEqual(maxMessageBytes);
          expect(Buffer.from(text).toString('base64').length).toBeLessThanOrEqual(65_536);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('fitResult', () => {
  const essentialsWithLongSubject = { ...essentials, subject: 'é'.repeat(4_000) };
  const everybody = Array.from(
    { length: 1000 },
    (_, index) => `participants.attendees[${index}].role`,
  );

  test('gives the meeting even if the list of what was not applied has no room beside it', () => {
    const result = { ...resultWith(essentialsWithLongSubject), notApplied: everybody };
    expect(fitResult(result)).toEqual({
      ...result,
      notApplied: everybody.slice(0, 100),
      truncated: ['notApplied'],
    });
  });

  test('leaves out problems of a request that has too many', () => {
    const details = Array.from({ length: 50 }, (_, index) => ({
      code: 'unknownProperty',
      target: `meeting["${'ж'.repeat(60)}${index}"]`,
      message: 'ж'.repeat(120),
    }));
    const error = {
      code: 'invalidRequest',
      message: 'No.',
      remedy: 'x',
      retryable: false,
      details,
    } as const;
    const result = { ...resultWith(essentials), status: 'failed', meeting: null, error } as const;
    expect(fitResult(result)).toEqual({
      ...result,
      error: { ...error, details: details.slice(0, 25) },
      truncated: ['error.details'],
    });
  });
});

test('toAsciiJson writes the same value in ASCII', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const json = toAsciiJson({ text });
      expect(json).toMatch(/^[\x20-\x7e]*$/);
      expect(JSON.parse(json)).toEqual({ text });
    }),
  );
});
