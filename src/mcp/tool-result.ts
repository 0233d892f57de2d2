import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { EndpointAnswer } from './endpoints';

interface ErrorBody {
  readonly message?: string;
  readonly details?: readonly { readonly target?: string; readonly message: string }[];
  readonly remedy?: string;
  readonly innerError?: { readonly remedy?: string };
}

/**
 * An HTTP answer as a tool result: all of it as structured content, and a summary of a sentence or two. A refusal
 * includes the remedy, so that the assistant can correct the call.
 */
export function toToolResult(
  { status, body }: EndpointAnswer,
  summarize: (body: object) => string,
): CallToolResult {
  const { error } = body as { readonly error?: ErrorBody | null };
  const isError = status >= 400;
  const text = error ? describe(error) : summarize(body);
  return {
    content: [{ type: 'text', text }],
    structuredContent: { ...body },
    ...(isError && { isError }),
  };
}

function describe({ message = '', details = [], remedy, innerError }: ErrorBody): string {
  const problems = details.map(({ target = '', message: problem }) => `- ${target}: ${problem}`);
  return [message, ...problems, remedy ?? innerError?.remedy ?? ''].join('\n').trim();
}
