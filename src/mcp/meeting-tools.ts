import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import type { CallEndpoint } from './endpoints';
import { requestIdOf } from './request-id';
import { toToolResult } from './tool-result';

const requestId = z
  .string()
  .describe('The id of the request. The same id never makes a second meeting.');

const meetingShape = {
  requestId: requestId
    .describe(
      'Identifies the request. Leave it out, unless two meetings have the same organizer, subject and start: then it is derived from these three.',
    )
    .optional(),
  organizer: z.string().describe('Who organizes the meeting: e-mail address or object id.'),
  subject: z.string(),
  start: z.string().describe('ISO 8601, for example 2030-01-15T14:30:00.'),
  end: z.string().describe('ISO 8601. Or give durationMinutes.').optional(),
  durationMinutes: z.number().int().positive().optional(),
  timeZone: z
    .string()
    .describe('IANA name for times without an offset, for example Europe/Lisbon.')
    .optional(),
  attendees: z.array(z.string()).describe('E-mail addresses.').optional(),
  options: z
    .record(z.string(), z.unknown())
    .describe(
      "More properties of Microsoft Graph's onlineMeeting, for example lobbyBypassSettings.",
    )
    .optional(),
};

type MeetingInput = z.output<z.ZodObject<typeof meetingShape>>;

const toRequest = (input: MeetingInput): object => ({
  requestId: requestIdOf(input),
  organizer: input.organizer,
  timeZone: input.timeZone,
  durationMinutes: input.durationMinutes,
  meeting: {
    ...input.options,
    subject: input.subject,
    startDateTime: input.start,
    endDateTime: input.end,
    ...(input.attendees !== undefined && {
      participants: { attendees: input.attendees.join(';') },
    }),
  },
});

interface Result {
  readonly requestId?: string;
  readonly status?: string;
  readonly state?: string;
  readonly meeting?: { readonly joinWebUrl?: string } | null;
  readonly result?: Result | null;
  readonly preview?: {
    readonly outcome: string;
    readonly warnings: readonly { readonly message: string }[];
  };
}

/** `created enrolment-17: https://…`, or `would create enrolment-17` with warnings. */
function summarize(body: object): string {
  const { requestId: id = '', status, state = '', meeting, result, preview } = body as Result;
  if (result) return summarize(result);
  if (preview !== undefined) {
    const warnings = preview.warnings.map(({ message }) => `- ${message}`);
    return [`would ${preview.outcome} ${id}`, ...warnings].join('\n');
  }
  const link = meeting?.joinWebUrl;
  return `${status ?? state} ${id}${link === undefined ? '' : `: ${link}`}`;
}

/** Tools for one meeting. */
export function addMeetingTools(server: McpServer, call: CallEndpoint): void {
  server.registerTool(
    'preview_meeting',
    {
      title: 'Preview a Teams meeting',
      description:
        'Says what create_meeting would do with the same arguments, and what is wrong with them. Makes nothing.',
      inputSchema: meetingShape,
      annotations: { readOnlyHint: true, openWorldHint: true },
    },
    async (input) =>
      toToolResult(
        await call({
          endpoint: 'createMeeting',
          method: 'POST',
          path: '/createMeeting',
          query: { preview: 'true' },
          body: toRequest(input),
        }),
        summarize,
      ),
  );
  server.registerTool(
    'create_meeting',
    {
      title: 'Create a Teams meeting',
      description:
        'Creates a Microsoft Teams meeting and answers its join link. Repeating the call gives the same meeting. It stands in no calendar: send the link to the people.',
      inputSchema: meetingShape,
      annotations: { destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    async (input) =>
      toToolResult(
        await call({
          endpoint: 'createMeeting',
          method: 'POST',
          path: '/createMeeting',
          body: toRequest(input),
        }),
        summarize,
      ),
  );
  server.registerTool(
    'get_meeting',
    {
      title: 'Get a meeting by its request',
      description: 'What became of a request: its state, and the meeting with its join link.',
      inputSchema: { requestId },
      annotations: { readOnlyHint: true, openWorldHint: true },
    },
    async (input) =>
      toToolResult(
        await call({
          endpoint: 'getRequest',
          method: 'GET',
          path: `/requests/${encodeURIComponent(input.requestId)}`,
          params: input,
        }),
        summarize,
      ),
  );
}
