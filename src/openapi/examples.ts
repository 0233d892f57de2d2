import { noRows } from '../batches/batch';
import { MeetingError, toErrorBody } from '../errors/meeting-error';

const organizerId = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
const batchId = '3f1c2f0a-4d8e-4a53-9f0e-6a1b2c3d4e5f';
const batchUrl = `https://contoso-meetings.azurewebsites.net/api/batches/${batchId}`;
const accepted = '2026-11-02T09:00:00.000Z';
const completed = '2026-11-02T09:00:41.000Z';

export const graphMeetingExample = {
  subject: 'Parent evening',
  startDateTime: '2026-12-01T14:30:00Z',
  endDateTime: '2026-12-01T15:00:00Z',
  lobbyBypassSettings: { scope: 'everyone' },
};

export const createOrGetExample = { externalId: 'enrolment-2026-0017', ...graphMeetingExample };

export const meetingRequestExample = {
  requestId: 'enrolment-2026-0017',
  organizer: 'anna@contoso.com',
  timeZone: 'Europe/Lisbon',
  durationMinutes: 30,
  meeting: {
    subject: 'Parent evening',
    startDateTime: '2026-12-01T14:30:00',
    participants: { attendees: 'ben@contoso.com; parent@example.org' },
    lobbyBypassSettings: { scope: 'everyone' },
  },
};

export const onlineMeetingExample = {
  id: 'MSpkYzE3Njc0Yy04MWQ5LTRhZGItYmZiMi04ZjZhNDQyZTQ2MDEqMCoqMTk6bWVldGluZ19OZz0',
  joinWebUrl: 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_Ng%40thread.v2/0',
  ...graphMeetingExample,
};

export const meetingResultExample = {
  requestId: 'enrolment-2026-0017',
  status: 'created',
  organizer: { given: 'anna@contoso.com', id: organizerId },
  meeting: onlineMeetingExample,
  notApplied: [],
  error: null,
  attempts: 1,
  acceptedDateTime: accepted,
  completedDateTime: completed,
};

export const requestStateExample = {
  requestId: 'enrolment-2026-0017',
  state: 'finished',
  plan: 'ensure',
  attempts: 1,
  acceptedDateTime: accepted,
  revision: 1793610060000,
  result: meetingResultExample,
  meeting: onlineMeetingExample,
  changes: [
    {
      action: 'update',
      revision: 1793610060000,
      status: 'updated',
      error: null,
      acceptedDateTime: '2026-11-02T09:01:00.000Z',
      completedDateTime: '2026-11-02T09:01:00.410Z',
    },
  ],
};

export const requestChangeExample = {
  timeZone: 'Europe/Lisbon',
  durationMinutes: 30,
  meeting: { startDateTime: '2026-12-02T14:30:00' },
};

export const changeResultExample = {
  ...meetingResultExample,
  status: 'updated',
  revision: 1793610060000,
};

export const cancelResultExample = {
  ...changeResultExample,
  status: 'cancelled',
  meeting: null,
};

const invitationText = [
  'Parent evening',
  'Tuesday, December 1, 2026, 2:30 – 3:00 PM (UTC)',
  '',
  `Join the meeting now <${onlineMeetingExample.joinWebUrl}>`,
  '',
].join('\n');

export const invitationExamples = {
  'text/plain': invitationText,
  'text/html': '<!doctype html>\n<html><head><title>Parent evening</title></head>…</html>\n',
  'text/calendar': 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\n…\r\nEND:VCALENDAR',
};

export const batchExample = {
  defaults: { organizer: 'anna@contoso.com', timeZone: 'GMT Standard Time', durationMinutes: 30 },
  requests: [
    {
      requestId: 'enrolment-2026-0017',
      meeting: { subject: 'Parent evening', startDateTime: '2026-12-01T14:30:00' },
    },
    {
      requestId: 'enrolment-2026-0018',
      meeting: { subject: 'Parent evening', startDateTime: '2026-12-01T15:00:00' },
    },
  ],
};

export const batchCsvExample = [
  'requestId,organizer,subject,startDateTime,durationMinutes,timeZone',
  'enrolment-2026-0017,anna@contoso.com,Parent evening,2026-12-01T14:30,30,Europe/Lisbon',
  '',
].join('\r\n');

const counts = { total: 2, accepted: 2, rejected: 0, ...noRows };

export const runningBatchExample = {
  batchId,
  state: 'accepted',
  counts: { ...counts, pending: 2, created: 0 },
  acceptedDateTime: accepted,
  startedDateTime: null,
  cancelledDateTime: null,
  completedDateTime: null,
  estimatedEndDateTime: null,
  firstErrors: [],
  statusUrl: `${batchUrl}/status/kq1cVtYw`,
  resultsUrl: `${batchUrl}/status/kq1cVtYw/results`,
};

export const finishedBatchExample = {
  ...runningBatchExample,
  state: 'finished',
  counts: { ...counts, pending: 0, created: 2 },
  startedDateTime: accepted,
  completedDateTime: completed,
  statusUrl: batchUrl,
  resultsUrl: `${batchUrl}/results`,
};

export const finishedBatchesExample = {
  value: [finishedBatchExample],
  completedAfter: `${completed},${batchId}`,
};

export const batchResultsExample = {
  value: [{ ...meetingResultExample, batchId, index: 0, row: 1 }],
  nextLink: `${batchUrl}/results?skip=1&top=1`,
};

export const endedRowsExample = {
  value: batchResultsExample.value,
  completedAfter: `${completed},${batchId},1`,
};

export const choicesExample = {
  value: [
    {
      value: 'W. Europe Standard Time',
      title: '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
    },
  ],
};

export const resultsLinesExample = `${JSON.stringify(batchResultsExample.value[0])}\n`;

export const resultsCsvExample = [
  '\uFEFFrequestId,subject,status,joinWebUrl,meetingId,notApplied,errorCode,errorMessage,remedy',
  `enrolment-2026-0017,Parent evening,created,${onlineMeetingExample.joinWebUrl},${onlineMeetingExample.id},,,,`,
  '',
].join('\r\n');

export const reportExample = {
  status: 'passed',
  checkedDateTime: completed,
  findings: [{ check: 'configuration', status: 'passed', meaning: 'All settings are valid.' }],
};

export const redrivenExample = {
  queues: [{ queue: 'meeting-requests-poison', redriven: 3, remaining: 0, remedy: null }],
};

/** The answer to a caller with this error. */
export function errorExample(code: MeetingError['code']): object {
  const { message, remedy } = toErrorBody(new MeetingError(code, 'What happened, in words.'));
  return {
    error: {
      code,
      message,
      innerError: {
        'request-id': '7b8f6f7e-6a0c-4f43-8f3b-0d9f2a1c5e11',
        'client-request-id': '7b8f6f7e-6a0c-4f43-8f3b-0d9f2a1c5e11',
        date: '2026-11-02T09:00:00',
        remedy,
      },
    },
  };
}
