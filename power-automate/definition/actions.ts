import type { Label } from './labels';

/** An action or trigger of the connector: its endpoint, and its texts for makers. */
export interface Action {
  readonly operationId: string;
  /** Id of the operation in the API. */
  readonly of: string;
  readonly summary: string;
  readonly description: string;
  readonly visibility?: 'important' | 'advanced' | 'internal';
  /** Parameters that makers see, or that are sent with their default. */
  readonly parameters: readonly string[];
  /** Path parameters that makers do not see, with their values. */
  readonly inPath?: Readonly<Record<string, string>>;
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Labels of its parameters that differ from the usual ones. */
  readonly labels?: Readonly<Record<string, Label>>;
  readonly triggerHint?: string;
  /** Only signed-in callers can use it. */
  readonly signIn?: true;
}

export const actions: readonly Action[] = [
  {
    operationId: 'CreateMeeting',
    of: 'createMeeting',
    summary: 'Create a meeting',
    description:
      'Creates one Teams meeting for any organizer and returns its join link. The meeting is in a calendar only if you fill in Calendar and the operator has set up calendars. Otherwise, add Create event with the link.',
    visibility: 'important',
    parameters: [],
  },
  {
    operationId: 'CreateMyMeeting',
    of: 'createMyOnlineMeeting',
    summary: 'Create my own meeting',
    description:
      'Creates one Teams meeting with the signed-in user as its organizer. It does not create a calendar entry.',
    parameters: ['Idempotency-Key'],
    signIn: true,
  },
  {
    operationId: 'CreateMeetingsFromList',
    of: 'submitBatch',
    summary: 'Create meetings from a list',
    description:
      'Creates a meeting for every row and continues when all rows are done, which can take hours. Get the join links with Get batch results.',
    visibility: 'important',
    parameters: ['Idempotency-Key'],
  },
  {
    operationId: 'CheckList',
    of: 'previewBatch',
    summary: 'Check a list',
    description:
      'Predicts the outcome of every row of a list without creating anything, and continues when all rows are checked. Get the findings with Get batch results.',
    visibility: 'important',
    parameters: ['Idempotency-Key'],
  },
  {
    operationId: 'GetBatch',
    of: 'getBatch',
    summary: 'Get a batch',
    description: 'Returns the progress of a list of meetings, without waiting for its end.',
    parameters: ['batchId', 'wait'],
    defaults: { wait: false },
  },
  {
    operationId: 'CancelList',
    of: 'cancelBatch',
    summary: 'Cancel a list',
    description:
      'Stops a list of meetings: rows that have not started are skipped. Existing meetings are kept, unless the list has ended and you choose to cancel them.',
    parameters: ['batchId', 'meetings', 'comment'],
  },
  {
    operationId: 'GetBatchResults',
    of: 'getBatchResults',
    summary: 'Get batch results',
    description: 'Returns every row with its request ID, and its join link or its error.',
    visibility: 'important',
    parameters: ['batchId', 'format', 'skip', 'top'],
    defaults: { format: 'json', skip: 0, top: 1000 },
  },
  {
    operationId: 'GetRequest',
    of: 'getRequest',
    summary: 'Get a request',
    description: 'Returns the state of one request, and its result once it has one.',
    visibility: 'advanced',
    parameters: ['requestId'],
  },
  {
    operationId: 'GetInvitation',
    of: 'getInvitation',
    summary: 'Get an invitation',
    description:
      'Returns the invitation to the meeting of a request for your own email: as text, as HTML, or as a file for calendars.',
    parameters: ['requestId', 'format', 'language', 'timeZone'],
    defaults: { format: 'html' },
    labels: {
      format: { visibility: 'important' },
      timeZone: { description: 'Time zone of the written time, such as Pacific Standard Time.' },
    },
  },
  {
    operationId: 'ChangeMeeting',
    of: 'updateRequest',
    summary: 'Change a meeting',
    description:
      'Moves a meeting, or changes its subject, people or options. What you leave out stays as it is, and the join link stays the same.',
    visibility: 'important',
    parameters: ['requestId'],
  },
  {
    operationId: 'CancelMeeting',
    of: 'cancelRequest',
    summary: 'Cancel a meeting',
    description:
      'Permanently deletes the meeting of a request. Its join link stops working, and the request ID cannot be used again.',
    visibility: 'important',
    parameters: ['requestId', 'comment'],
  },
  {
    operationId: 'RetryRequest',
    of: 'retryRequest',
    summary: 'Retry a request',
    description:
      'Retries a request that ended without a meeting. If the request already has its meeting, that meeting is returned.',
    parameters: ['requestId', 'confirm'],
    defaults: { confirm: false },
  },
  {
    operationId: 'WhenABatchIsFinished',
    of: 'listFinishedBatches',
    summary: 'When a batch is finished',
    description: 'Starts the flow when every row of a list of meetings has its result.',
    visibility: 'important',
    parameters: ['completedAfter'],
    triggerHint: 'Send a list of meetings and wait until all of its rows are done.',
  },
  {
    operationId: 'WhenAMeetingIsMade',
    of: 'listResults',
    inPath: { outcome: 'made' },
    summary: 'When a meeting is created',
    description:
      'Starts the flow for every row of a list that has a new meeting, once the whole list is done.',
    parameters: ['completedAfter'],
    triggerHint: 'Send a list of meetings and wait until all of its rows are done.',
  },
  {
    operationId: 'WhenAMeetingFails',
    of: 'listResults',
    inPath: { outcome: 'failed' },
    summary: 'When a meeting fails',
    description:
      'Starts the flow for every row of a list that ended without a meeting, once the whole list is done.',
    parameters: ['completedAfter'],
    triggerHint: 'Send a list with a row that is wrong and wait until all of its rows are done.',
  },
  {
    operationId: 'ListTimeZones',
    of: 'listChoices',
    inPath: { list: 'timeZones' },
    summary: 'List time zones',
    description: 'The choices of the field Time Zone. Also tests a new connection.',
    visibility: 'internal',
    parameters: [],
  },
  {
    operationId: 'ListOrganizers',
    of: 'listChoices',
    inPath: { list: 'organizers' },
    summary: 'List organizers',
    description: 'The choices of the field Organizer, if the app is allowed to look up people.',
    visibility: 'internal',
    parameters: ['search'],
  },
  {
    operationId: 'ListBatches',
    of: 'listChoices',
    inPath: { list: 'batches' },
    summary: 'List batches',
    description: 'The choices of the field Batch ID: the lists of the last seven days.',
    visibility: 'internal',
    parameters: [],
  },
];
