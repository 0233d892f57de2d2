import * as z from 'zod';
import { MeetingError } from '../errors/meeting-error';
import type { CallEndpoint } from './endpoints';
import { changeShape, requestId, toChange } from './meeting-input';
import { summarize } from './summary';
import { toToolResult } from './tool-result';
import type { Tools } from './tools';

/** Tools for a meeting that exists. */
export function addChangeTools(tools: Tools, call: CallEndpoint): void {
  tools.add(
    'update_meeting',
    {
      title: 'Change a Teams meeting',
      description:
        'Changes the given properties of a request’s meeting, for example its start and durationMinutes. The join link stays the same.',
      inputSchema: changeShape,
      annotations: { destructiveHint: true, idempotentHint: true, openWorldHint: true },
    },
    async ({ requestId: id, ...change }) =>
      toToolResult(
        await call({
          endpoint: 'updateRequest',
          method: 'PATCH',
          path: pathOf(id),
          params: { requestId: id },
          body: toChange(change),
        }),
        summarize,
      ),
  );
  tools.add(
    'cancel_meeting',
    {
      title: 'Cancel a Teams meeting',
      description:
        'Permanently deletes the meeting of a request. Ask the user first, then set confirm.',
      inputSchema: {
        requestId,
        confirm: z.boolean().describe('Set to true after the user has agreed.').optional(),
        comment: z.string().describe('The reason, for the people who are invited.').optional(),
      },
      annotations: { destructiveHint: true, idempotentHint: true, openWorldHint: true },
    },
    async ({ requestId: id, confirm = false, comment }) => {
      if (!confirm) throw unconfirmed();
      const answer = await call({
        endpoint: 'cancelRequest',
        method: 'DELETE',
        path: pathOf(id),
        params: { requestId: id },
        ...(comment !== undefined && { query: { comment } }),
      });
      return toToolResult(answer, summarize);
    },
  );
}

const pathOf = (id: string): string => `/requests/${encodeURIComponent(id)}`;

const unconfirmed = (): MeetingError =>
  new MeetingError('confirmationNeeded', 'The meeting was not cancelled. Cancelling is final.', {
    target: 'confirm',
    remedy: 'Ask the user, then call again with confirm set to true.',
  });
