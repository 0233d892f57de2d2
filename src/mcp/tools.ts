import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  type ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { MeetingError } from '../errors/meeting-error';
import { shorten } from '../errors/problems';
import { readArguments } from './arguments';

/** What assistants learn about a tool. */
interface ToolDefinition<Shape extends z.ZodRawShape> {
  readonly title: string;
  readonly description: string;
  readonly inputSchema: Shape;
  readonly annotations: ToolAnnotations;
}

type Run = (given: unknown) => Promise<CallToolResult>;

/**
 * The tools of a server. They check their arguments themselves: the SDK would drop unknown ones, and would refuse wrong
 * ones without a remedy or structured content.
 */
export class Tools {
  readonly #server: McpServer;
  readonly #runs = new Map<string, Run>();

  constructor(server: McpServer) {
    this.#server = server;
  }

  /** Adds a tool. `run` throws a MeetingError to refuse a call. */
  add<Shape extends z.ZodRawShape>(
    name: string,
    definition: ToolDefinition<Shape>,
    run: (input: z.output<z.ZodObject<Shape>>) => Promise<CallToolResult>,
  ): void {
    const schema = z.strictObject(definition.inputSchema);
    const checked: Run = async (given) => run(readArguments(schema, given));
    this.#runs.set(name, checked);
    this.#server.registerTool(name, { ...definition, inputSchema: schema }, checked);
  }

  /** Serves the tools that were added; `refuse` makes the result of a call that throws. */
  serve(refuse: (thrown: unknown) => Promise<CallToolResult>): void {
    this.#server.server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
      this.#call(params.name, params.arguments ?? {}).catch(refuse),
    );
  }

  async #call(name: string, given: unknown): Promise<CallToolResult> {
    const run = this.#runs.get(name);
    if (run !== undefined) return run(given);
    throw new MeetingError('invalidRequest', `The tool "${shorten(name)}" does not exist.`, {
      target: 'name',
      remedy: `Call one of these tools: ${[...this.#runs.keys()].join(', ')}.`,
    });
  }
}
