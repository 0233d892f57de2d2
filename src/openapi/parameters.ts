import { maxRequestIdLength } from '../requests/limits';
import { rowEndings } from '../batches/results/rows-since';
import { actions } from '../requests/meeting-request';
import { dateOrders } from '../requests/time/written-date';
import type { JsonSchema } from './components';

/** https://spec.openapis.org/oas/v3.1.1.html#parameter-object */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

const inPath = (name: string, description: string, schema: JsonSchema = {}): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', minLength: 1, ...schema },
});

const inQuery = (name: string, description: string, schema: JsonSchema): Parameter => ({
  name,
  in: 'query',
  description,
  schema,
});

const inHeader = (name: string, description: string, schema: JsonSchema = {}): Parameter => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string', ...schema },
});

const whole = (minimum: number, more: JsonSchema = {}): JsonSchema => ({
  type: 'integer',
  minimum,
  ...more,
});

export const idempotencyKey = inHeader(
  'Idempotency-Key',
  'Identifies the call. Repeating the call with the same key has no second effect.',
  { minLength: 1, maxLength: maxRequestIdLength },
);

export const acceptLanguage = inHeader(
  'Accept-Language',
  'Language of the join information, such as pt-BR.',
);

export const clientRequestId = inHeader(
  'client-request-id',
  'Your own id for this call. The response and the logs repeat it.',
);

export const userId = inPath(
  'userId',
  'The organizer: object id, user principal name or email address.',
);

export const meetingId = inPath('meetingId', 'The id of the meeting in Microsoft Graph.', {
  minLength: 3,
  maxLength: 1000,
});

export const select = inQuery('$select', 'The properties to return, separated by commas.', {
  type: 'string',
});

export const meetingFilter: Parameter = {
  ...inQuery(
    '$filter',
    "JoinWebUrl eq '…' or joinMeetingIdSettings/joinMeetingId eq '…'. Double any single quotation mark inside the value.",
    { type: 'string' },
  ),
  required: true,
};

export const batchId = inPath('batchId', 'Id of the batch.', { pattern: '^[\\w-]{36,43}$' });

export const token = inPath(
  'token',
  'Token for this batch, used instead of a key. It is part of statusUrl.',
);

export const requestId = inPath('requestId', 'The requestId, percent-encoded.', {
  maxLength: maxRequestIdLength,
});

export const live = inQuery('live', 'If true, returns the current meeting in Graph.', {
  type: 'boolean',
  default: false,
});

export const refresh = inQuery(
  'refresh',
  'If true, an update or upsert compares the meeting with Graph, and reverts changes that people made in Teams.',
  { type: 'boolean', default: false },
);

export const comment = inQuery('comment', 'Message to the invited people.', {
  type: 'string',
});

export const revision = inQuery(
  'revision',
  'Order of the changes of one request. If absent, the time of acceptance is used.',
  whole(0),
);

export const wait = inQuery(
  'wait',
  'If false, the response is 200 immediately, even while the batch is running.',
  { type: 'boolean', default: true },
);

export const confirm = inQuery(
  'confirm',
  'If true, a request whose outcome is unknown is retried, at the risk of a second meeting.',
  { type: 'boolean', default: false },
);

export const invitationQuery: readonly Parameter[] = [
  inQuery('format', 'Format of the invitation. Overrides Accept.', {
    type: 'string',
    enum: ['text', 'html', 'ics'],
    default: 'text',
  }),
  inQuery('language', 'Language of the invitation, such as pt-BR. Overrides Accept-Language.', {
    type: 'string',
  }),
  inQuery('timeZone', 'Time zone of the written time, such as Europe/Lisbon.', {
    type: 'string',
    default: 'UTC',
  }),
];

export const preview = inQuery(
  'preview',
  'If true, the response describes what would happen, and nothing is created or changed.',
  { type: 'boolean', default: false },
);

export const meetings = inQuery(
  'meetings',
  'If true and the batch has ended, the meetings that it has created are cancelled.',
  { type: 'boolean', default: false },
);

export const completedAfter = inQuery(
  'completedAfter',
  'A time, or completedAfter from the last response. If absent, the list is empty, and the response contains the value to begin with.',
  { type: 'string' },
);

export const outcome = inPath(
  'outcome',
  'The rows to list: made for rows with a new meeting, failed for rows without one.',
  { enum: [...rowEndings] },
);

export const choiceList = inPath('list', 'The list of choices.', {
  enum: ['timeZones', 'organizers', 'batches'],
});

export const search = inQuery(
  'search',
  'For organizers: the beginning of the name or address. If absent, up to 100 are returned.',
  { type: 'string', maxLength: 100 },
);

export const resultsQuery: readonly Parameter[] = [
  inQuery('format', 'Format of the results. Overrides Accept.', {
    type: 'string',
    enum: ['json', 'ndjson', 'csv', 'xlsx'],
    default: 'json',
  }),
  inQuery('skip', 'Number of rows to skip.', whole(0, { default: 0 })),
  inQuery('top', 'Maximum number of rows in the response.', whole(1)),
  inQuery('delimiter', 'Delimiter of the CSV. By default, that of the sheet you sent.', {
    type: 'string',
    enum: ['comma', 'semicolon', 'tab'],
  }),
];

export const sheet = inQuery(
  'sheet',
  'For a workbook: the sheet with the rows. By default, the first visible one that has a header row.',
  { type: 'string' },
);

export const templateFormat = inPath('format', 'Format of the template.', {
  enum: ['xlsx', 'csv'],
});

export const doctorQuery: readonly Parameter[] = [
  inQuery('organizer', 'A user whose rights are also checked.', { type: 'string' }),
  inQuery('probe', 'If true, one meeting is created for the organizer and deleted again.', {
    type: 'boolean',
    default: false,
  }),
];

export const redriveQueue = inQuery('queue', 'The queue. If absent, all of them.', {
  type: 'string',
  enum: ['meeting-requests-poison', 'meeting-batches-poison'],
});

const common = (name: string, schema: JsonSchema): Parameter =>
  inQuery(
    name,
    `Default ${name} for all rows. Use it for sheets, which cannot contain defaults themselves.`,
    schema,
  );

/** Defaults for the rows of a CSV file, which has no place for them. */
export const batchDefaults: readonly Parameter[] = [
  common('organizer', { type: 'string' }),
  common('organizerPool', { type: 'string' }),
  common('timeZone', { type: 'string' }),
  common('language', { type: 'string' }),
  common('durationMinutes', whole(1)),
  common('dateOrder', { type: 'string', enum: [...dateOrders] }),
  common('action', { type: 'string', enum: [...actions] }),
];
