import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CallEndpoint } from './endpoints';
import { toToolResult } from './tool-result';
import type { Tools } from './tools';

/** Maximum number of rows in an answer: an assistant reads them all. */
const maxRows = 100;

interface Status {
  readonly batchId: string;
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** `running 4711: total 58, pending 12, created 46` */
function summarize(body: object): string {
  const { batchId, state, counts } = body as Status;
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return `${state} ${batchId}: ${parts.map(([name, count]) => `${name} ${count}`).join(', ')}`;
}

/** Tools for many meetings. */
export function addBatchTools(tools: Tools, call: CallEndpoint): void {
  tools.add(
    'submit_batch',
    {
      title: 'Create many meetings',
      description:
        'Accepts a list of meetings and creates them in the background. Call get_batch until the state is finished. Repeating the call with the same list returns the same batch.',
      inputSchema: {
        requests: z
          .array(z.record(z.string(), z.unknown()))
          .min(1)
          .describe(
            'The requests, each with organizer, and meeting { subject, startDateTime, endDateTime }, in the format that createMeeting of /api/openapi.json accepts. Add a requestId to each.',
          ),
        preview: z
          .boolean()
          .describe(
            'Whether to only preview the batch. get_batch then returns the predicted outcome of each row.',
          )
          .optional(),
      },
      annotations: { destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    async ({ requests, preview = false }) => {
      const key = createHash('sha256')
        .update(JSON.stringify([requests, preview]))
        .digest('hex');
      const answer = await call({
        endpoint: 'submitBatch',
        method: 'POST',
        path: '/batches',
        query: { preview: String(preview) },
        headers: { 'idempotency-key': `mcp-${key}` },
        body: requests,
      });
      return toToolResult(answer, summarize);
    },
  );
  tools.add(
    'get_batch',
    {
      title: 'Get a batch',
      description: `Returns the progress of a batch. With results, also returns up to ${maxRows} of its rows.`,
      inputSchema: {
        batchId: z.string(),
        results: z.boolean().describe('Whether to include rows.').optional(),
        skip: z.number().int().min(0).describe('How many rows to skip.').optional(),
      },
      annotations: { readOnlyHint: true, openWorldHint: true },
    },
    async ({ batchId, results = false, skip = 0 }) => {
      const place = { method: 'GET', params: { batchId } } as const;
      const path = `/batches/${encodeURIComponent(batchId)}`;
      const status = await call({ ...place, endpoint: 'getBatch', path, query: { wait: 'false' } });
      if (!results || status.status >= 400) return toToolResult(status, summarize);
      const query = { format: 'json', top: String(maxRows), skip: String(skip) };
      const rows = await call({
        ...place,
        endpoint: 'getBatchResults',
        path: `${path}/results`,
        query,
      });
      const { value } = rows.body as { readonly value?: unknown };
      return toToolResult(
        { ...rows, body: { ...status.body, ...rows.body, results: value } },
        summarize,
      );
    },
  );
}
