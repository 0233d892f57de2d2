import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { readBytes } from '../handlers/http/body';
import type { HttpDependencies } from '../handlers/http/response';
import { answering } from '../handlers/invocation';
import { addBatchTools } from './batch-tools';
import { addChangeTools } from './change-tools';
import { makeCallEndpoint, toEndpointAnswer, type Endpoints } from './endpoints';
import { addMeetingTools } from './meeting-tools';
import { toToolResult } from './tool-result';
import { Tools } from './tools';

/** Maximum body size, in bytes: some ten thousand meetings. */
const maxBodyBytes = 10 * 1024 * 1024;

const instructions =
  'Creates Microsoft Teams meetings for people in one organization. Every call can be repeated: the same request always returns the same meeting. If a call is refused, the response describes what to change.';

/**
 * Validates clients' answers to a server's questions, and this server asks none. The default validator takes
 * milliseconds to build.
 */
const noValidator = {
  getValidator: (): never => {
    throw new Error('This server does not send requests to its clients.');
  },
};

/** The endpoints that the tools call, and what answers need. */
interface McpDependencies {
  readonly endpoints: Endpoints;
  readonly deps: HttpDependencies;
}

/**
 * Answers one message of the Model Context Protocol over streamable HTTP. There is no session, so any instance can
 * answer the next message. https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
export async function answerMcp(
  request: HttpRequest,
  context: InvocationContext,
  { endpoints, deps }: McpDependencies,
): Promise<HttpResponseInit> {
  const server = new McpServer(
    { name: 'convoke', version: '1' },
    { instructions, jsonSchemaValidator: noValidator },
  );
  const call = makeCallEndpoint(endpoints, request, context);
  const tools = new Tools(server);
  addMeetingTools(tools, call);
  addChangeTools(tools, call);
  addBatchTools(tools, call);
  tools.serve(async (thrown) => {
    const answer = await answering(() => Promise.reject(thrown), deps)(request, context);
    return toToolResult(toEndpointAnswer(answer), () => '');
  });
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    const response = await transport.handleRequest(await toWebRequest(request));
    const body = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      ...(body !== '' && { body }),
    };
  } finally {
    await server.close();
  }
}

async function toWebRequest(request: HttpRequest): Promise<Request> {
  const { url, method, headers } = request;
  const body = Buffer.from(await readBytes(request, maxBodyBytes));
  return new Request(url, { method, headers: Object.fromEntries(headers), body });
}
