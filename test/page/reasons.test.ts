import type { BatchStatus, RowResult } from '../../page/src/api/answers';
import { reasonsOf } from '../../page/src/columns/problems/reasons';
import { canBeRetried } from '../../page/src/steps/batch/can-be-retried';
import { english } from '../../page/src/words/english';
import { german } from '../../page/src/words/german';

const api = { message: 'Row 8, Organisator: Add an organizer. (and 1 more)', remedy: 'Fix it.' };

describe('the reason of a row', () => {
  test('has a sentence for each of its problems, with its heading, cell or field', () => {
    const details = [
      { code: 'missing', target: 'Organisator', message: 'Add an organizer.' },
      { code: 'tooLong', target: 'Evening!D8', message: 'Too long.' },
      { code: 'missing', target: 'meeting.subject', message: 'Add a subject.' },
      { code: 'tooMany', target: '$', message: 'There are more problems.' },
    ];
    expect(reasonsOf({ code: 'invalidRequest', ...api, details }, german)).toEqual([
      'Organisator: Hier fehlt etwas.',
      'Evening!D8: Das ist zu lang.',
      'Titel: Schreiben Sie, wie die Besprechung heißt.',
      'Es gibt noch weitere Fehler.',
    ]);
  });

  test('does not blame the end for a day in the past', () => {
    const details = [{ code: 'inThePast', target: 'meeting.endDateTime', message: 'Over.' }];
    expect(reasonsOf({ code: 'invalidRequest', ...api, details }, english)).toEqual([
      'This meeting is already over.',
    ]);
  });

  test('has no details of the app’s settings', () => {
    const details = [{ code: 'missing', target: 'GRAPH_SCOPE', message: 'Add it.' }];
    expect(reasonsOf({ code: 'misconfigured', ...api, details }, german)).toEqual([
      'Diese App ist nicht richtig eingerichtet. Wenden Sie sich an ihren Betreiber.',
    ]);
  });

  test('names what cannot be changed', () => {
    const error = { code: 'requestIdReused', ...api, target: 'organizer' };
    expect(reasonsOf(error, english)).toEqual([
      'The organizer of a meeting cannot be changed. Cancel the meeting, then enter a different code for the row.',
    ]);
  });

  test.each([
    ['the sentence of the page', 'graphUnavailable', 'Teams did not answer. Try again later.'],
    ['the app’s own, where the page has none', 'brandNew', `${api.message} ${api.remedy}`],
  ])('is %s', (_what, code, sentence) => {
    expect(reasonsOf({ code, ...api, target: 'requestId' }, english)).toEqual([sentence]);
  });
});

describe('trying again is offered', () => {
  const row = (status: RowResult['status'], code: string): RowResult => ({
    requestId: 'a-1',
    row: 2,
    status,
    meeting: null,
    error: { code, ...api },
  });

  test.each<[string, BatchStatus['state'], readonly RowResult[], boolean]>([
    ['for a row that may succeed', 'finished', [row('failed', 'graphUnavailable')], true],
    ['not for a row that must be changed', 'finished', [row('failed', 'invalidRequest')], false],
    [
      'not for a row that may have its meeting',
      'finished',
      [row('unknown', 'outcomeUnknown')],
      false,
    ],
    ['not in a stopped list', 'cancelled', [row('failed', 'graphUnavailable')], false],
    [
      'if only some rows must be changed',
      'finished',
      [row('failed', 'invalidRequest'), row('failed', 'accessPolicyMissing')],
      true,
    ],
  ])('%s', (_when, state, rows, isOffered) => {
    expect(canBeRetried({ state }, rows)).toBe(isOffered);
  });
});
