import type { CallEndpoint } from './endpoints';
import { meetingShape, requestId, toRequest } from './meeting-input';
import { summarize } from './summary';
import { toToolResult } from './tool-result';
import type { Tools } from './tools';

/** Tools for one meeting. */
export function addMeetingTools(tools: Tools, call: CallEndpoint): void {
  tools.add(
    'preview_meeting',
    {
      title: 'Preview a Teams meeting',
      description:
        'Predicts what create_meeting would do with the same arguments, and lists their problems. Creates nothing.',
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
  tools.add(
    'create_meeting',
    {
      title: 'Create a Teams meeting',
      description:
        'Creates a Microsoft Teams meeting and returns its join link. Repeating the call returns the same meeting. The meeting is not in a calendar, so send the link to the participants.',
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
  tools.add(
    'get_meeting',
    {
      title: 'Get a meeting by its request',
      description: 'Returns the state of a request, and the meeting with its join link.',
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
