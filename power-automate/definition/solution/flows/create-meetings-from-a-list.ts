import { after, atFirst, call, startedByHand, type Flow } from './parts';

/** Example rows in the flow itself, for the maker to replace by those of a table with a connector of their choice. */
const rows = [
  { Key: 'evening-3a', Subject: 'Parent evening 3a', Start: '2030-01-15T18:00' },
  { Key: 'evening-3b', Subject: 'Parent evening 3b', Start: '2030-01-15T19:00' },
];

export const createMeetingsFromAList: Flow = {
  id: '6f0a2d1c-9d5b-4f0e-8c57-1b0f6f7f5a03',
  title: 'Create Teams meetings from a list',
  triggers: {
    manual: startedByHand(
      ['Organizer', 'Email address of the organizer'],
      ['Time zone', 'Such as Pacific Standard Time'],
    ),
  },
  actions: {
    Rows: { ...atFirst, type: 'Compose', inputs: rows },
    Requests: {
      ...after('Rows'),
      type: 'Select',
      inputs: {
        from: "@outputs('Rows')",
        select: {
          requestId: "@item()?['Key']",
          meeting: { subject: "@item()?['Subject']", startDateTime: "@item()?['Start']" },
        },
      },
    },
    Create_meetings_from_a_list: {
      ...after('Requests'),
      ...call('CreateMeetingsFromList', {
        'Idempotency-Key': "@workflow()?['run']?['name']",
        'body/requests': "@body('Requests')",
        'body/defaults/organizer': "@triggerBody()?['text']",
        'body/defaults/timeZone': "@triggerBody()?['text_1']",
        'body/defaults/durationMinutes': 30,
      }),
    },
    Get_batch_results: {
      ...after('Create_meetings_from_a_list'),
      ...call('GetBatchResults', {
        batchId: "@outputs('Create_meetings_from_a_list')?['body/batchId']",
        top: 1000,
      }),
    },
    Links: {
      ...after('Get_batch_results'),
      type: 'Select',
      inputs: {
        from: "@outputs('Get_batch_results')?['body/value']",
        select: {
          Key: "@item()?['requestId']",
          Status: "@item()?['status']",
          JoinLink: "@item()?['meeting']?['joinWebUrl']",
          NotApplied: "@item()?['notApplied']",
          Error: "@item()?['error']?['message']",
          Remedy: "@item()?['error']?['remedy']",
        },
      },
    },
  },
};
