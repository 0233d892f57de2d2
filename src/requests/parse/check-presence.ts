import { changesMore } from './calendar-part';
import type { Action } from '../meeting-request';
import type { Problems } from '../../errors/problems';
import { isAbsent, isRecord } from '../readers/scalar';

type Given = Readonly<Record<string, unknown>>;

/** Requires every essential property: Graph would fill in defaults. */
export function checkPresence(given: Given, action: Action, problems: Problems): void {
  const { requestId, organizer, organizerPool, meeting } = given;
  if (action !== 'create' && isAbsent(requestId))
    problems.add('missing', 'requestId', missingId[action]);
  if (!isAbsent(organizer) && !isAbsent(organizerPool))
    problems.add('conflicting', 'organizerPool', 'Use either this or organizer, not both.');
  if (action === 'cancel') return;
  if (action !== 'update' && isAbsent(organizer) && isAbsent(organizerPool))
    problems.add('missing', 'organizer', 'Add an organizer.');
  if (isAbsent(meeting) && action === 'update' && changesMore(given)) return;
  if (isAbsent(meeting)) problems.add('missing', 'meeting', missingMeeting[action]);
  if (!isRecord(meeting)) return;
  if (action === 'update') return checkChange(given, meeting, problems);
  if (isAbsent(meeting['subject'])) problems.add('missing', 'meeting.subject', 'Add a subject.');
  if (isAbsent(meeting['startDateTime']))
    problems.add('missing', 'meeting.startDateTime', 'Add a start time.');
  checkEnd(given, meeting, problems);
}

const ofTheRequest = 'Add the requestId of the request to change.';
const missingId = {
  upsert: 'Add a requestId: the meeting is found by it when the request is sent again.',
  update: ofTheRequest,
  cancel: ofTheRequest,
};

const missingMeeting = {
  create: 'Add the meeting to create.',
  upsert: 'Add the meeting.',
  update: 'Add the properties to change.',
};

function checkEnd({ durationMinutes }: Given, { endDateTime }: Given, problems: Problems): void {
  if (isAbsent(endDateTime) && isAbsent(durationMinutes)) {
    problems.add(
      'missing',
      'meeting.endDateTime',
      'Add an end time, or durationMinutes next to meeting.',
    );
  }
  if (!isAbsent(endDateTime) && !isAbsent(durationMinutes)) {
    problems.add(
      'conflicting',
      'durationMinutes',
      'Use either this or meeting.endDateTime, not both.',
    );
  }
}

/** Requires both times or none, like Graph: https://learn.microsoft.com/graph/api/onlinemeeting-update */
function checkChange(given: Given, meeting: Given, problems: Problems): void {
  const { startDateTime, endDateTime } = meeting;
  const moves = ![startDateTime, endDateTime, given['durationMinutes']].every(isAbsent);
  if (moves && isAbsent(startDateTime))
    problems.add('missing', 'meeting.startDateTime', 'Add the new start time.');
  if (moves) checkEnd(given, meeting, problems);
  if (Object.values(meeting).every(isAbsent) && !changesMore(given))
    problems.add('missing', 'meeting', 'Expected at least one property to change.');
}
