import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionsHostProcess } from '../../../local/functions-host-process';
import { projectFolder } from '../../../local/project-folder';
import { Stack } from '../../../local/stack';
import { AppVariant, type Change } from '../../../trial/variants/app-variant';
import { inTests } from './stack-harness';
import { FlowEngine, type FlowEngineOptions } from '../power-automate/flow-engine';
import { SwaggerClient, type FlowAnswer, type Swagger } from '../power-automate/swagger';

const functionKey = 'function-key-of-this-test';

export interface ActionAnswer {
  readonly status: number;
  // Answers are checked with matchers, which take anything.
  readonly body: unknown;
  readonly engine: FlowEngine;
}

/** The local stack behind a function key, and the committed connector in the hands of a flow. */
export class ConnectorHarness {
  readonly client: SwaggerClient;
  #stack: Stack | undefined;
  #host: FunctionsHostProcess | undefined;

  private constructor() {
    const file = join(
      projectFolder(),
      'power-automate/connector/function-key/apiDefinition.swagger.json',
    );
    this.client = new SwaggerClient(JSON.parse(readFileSync(file, 'utf8')) as Swagger);
  }

  static use(changes: readonly Change[] = []): ConnectorHarness {
    const harness = new ConnectorHarness();
    const variant = changes.length > 0 ? new AppVariant(changes) : undefined;
    beforeAll(async () => {
      harness.#stack = await Stack.startWithoutHost(
        inTests(variant && { appFolder: variant.folder }),
      );
      harness.#host = await harness.#stack.addHost({
        arguments: ['--enable-auth', '--function-key', functionKey],
      });
    }, 60_000);
    afterAll(async () => {
      await harness.#stack?.close();
      variant?.remove();
    });
    return harness;
  }

  get stack(): Stack {
    if (this.#stack === undefined) throw new Error('The stack runs only while tests do.');
    return this.#stack;
  }

  /** The function key. */
  get key(): string {
    return functionKey;
  }

  get url(): string {
    return this.#host?.url ?? '';
  }

  /** As the HTTP action of a flow does it. */
  async post(
    path: string,
    body: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await fetch(`${this.url}/api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'x-functions-key': functionKey },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Meetings that Graph has, by subject. */
  meetings(subject: string): number {
    return this.stack.graph.meetings.list().filter(({ meeting }) => meeting.subject === subject)
      .length;
  }

  /** Runs an action as a flow does, and holds its last answer to the connector's definition. */
  async run(
    operationId: string,
    values: Readonly<Record<string, unknown>>,
    options: Partial<FlowEngineOptions> = {},
  ): Promise<ActionAnswer> {
    const engine = new FlowEngine({ timeFactor: 0.02, ...options });
    const answer: FlowAnswer = await engine.run(
      this.client.request(this.url, operationId, values, functionKey),
    );
    return { status: answer.status, body: this.client.read(operationId, answer), engine };
  }
}
