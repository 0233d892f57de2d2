import { FlowEngine } from './flow-engine';
import {
  inOrder,
  type Actions,
  type WorkflowAction,
  type WorkflowDefinition,
} from './workflow-definition';
import { evaluateTemplate, type Functions } from './workflow-expression';
import { plainFunctions } from './workflow-functions';

/** A call of a connector, answered by the test. */
export interface ConnectorCall {
  readonly connection: string;
  readonly method: string;
  /** Parameters of the path, decoded like by the connector's gateway and the connector. */
  readonly segments: readonly string[];
  readonly queries: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Run {
  readonly definition: WorkflowDefinition;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly trigger: unknown;
  readonly connector: (call: ConnectorCall) => unknown;
  /** Carries out an operation of Convoke's own connector and gives its body. */
  readonly operation?: (operationId: string, parameters: Json) => Promise<unknown>;
  /** Address of a function that is called by its id. */
  readonly functionUrl?: string;
  readonly name?: string;
}

type Json = Readonly<Record<string, unknown>>;
type Status = 'Succeeded' | 'Failed' | 'Skipped';

interface Done {
  readonly status: Status;
  readonly body?: unknown;
  /** Outputs, if they are more than the body. */
  readonly outputs?: unknown;
}

interface Inputs {
  readonly method?: string;
  readonly uri?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly queries?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly content?: unknown;
  readonly from?: unknown;
  readonly host?: { readonly connection: { readonly name: string }; readonly operationId?: string };
  readonly parameters?: Json;
  readonly variables?: readonly { readonly name: string; readonly value: unknown }[];
  readonly name?: string;
  readonly value?: unknown;
}

/** Runs a workflow definition: the parts of the language in the samples, with connectors implemented by the test. */
export class WorkflowRunner {
  readonly #run: Run;
  readonly #done = new Map<string, Done>();
  readonly #items = new Map<string, unknown>();
  readonly #variables = new Map<string, unknown>();
  #item: unknown;

  constructor(run: Run) {
    this.#run = run;
  }

  async run(): Promise<ReadonlyMap<string, Done>> {
    await this.#runAll(this.#run.definition.actions);
    return this.#done;
  }

  async #runAll(actions: Actions): Promise<Status> {
    const statuses: Status[] = [];
    for (const name of inOrder(actions) ?? []) {
      const action = actions[name];
      if (action === undefined) continue;
      const wanted = Object.entries(action.runAfter ?? {});
      const runs = wanted.every(([after, states]) =>
        states.includes(this.#done.get(after)?.status ?? 'Skipped'),
      );
      const done = runs ? await this.#perform(name, action) : { status: 'Skipped' as const };
      this.#done.set(name, done);
      const isHandled = Object.values(actions).some(({ runAfter = {} }) =>
        runAfter[name]?.includes('Failed'),
      );
      statuses.push(isHandled ? 'Succeeded' : done.status);
    }
    return statuses.includes('Failed') ? 'Failed' : 'Succeeded';
  }

  async #perform(name: string, action: WorkflowAction): Promise<Done> {
    if (action.type === 'Foreach') return this.#forEach(name, action);
    if (action.type === 'Until') return this.#until(action);
    if (action.type === 'If') return this.#branch(action);
    if (action.type === 'Scope') return { status: await this.#runAll(action.actions ?? {}) };
    if (action.type === 'Select' || action.type === 'Query') return this.#overItems(action);
    const inputs = this.#value(action.inputs) as Inputs;
    if (action.type === 'Compose') return { status: 'Succeeded', body: inputs };
    if (action.type === 'ParseJson') return { status: 'Succeeded', body: toJson(inputs.content) };
    if (action.type === 'ApiConnection')
      return { status: 'Succeeded', body: await this.#run.connector(this.#toCall(inputs)) };
    if (action.type === 'OpenApiConnection') return this.#operate(inputs);
    if (action.type === 'InitializeVariable') {
      for (const { name: variable, value } of inputs.variables ?? [])
        this.#variables.set(variable, value);
      return { status: 'Succeeded' };
    }
    if (action.type === 'IncrementVariable') {
      const { name: variable = '', value } = inputs;
      this.#variables.set(variable, Number(this.#variables.get(variable)) + Number(value));
      return { status: 'Succeeded' };
    }
    if (action.type === 'Http' || action.type === 'Function') return this.#send(inputs);
    throw new Error(`${action.type} is not played.`);
  }

  async #forEach(name: string, { foreach = '', actions = {} }: WorkflowAction): Promise<Done> {
    let status: Status = 'Succeeded';
    for (const item of this.#value(foreach) as readonly unknown[]) {
      this.#items.set(name, item);
      if ((await this.#runAll(actions)) === 'Failed') status = 'Failed';
    }
    return { status };
  }

  /** Evaluates the condition after each round. */
  async #until({ expression, limit, actions = {} }: WorkflowAction): Promise<Done> {
    for (let round = 0; round < (limit?.count ?? 0); round += 1) {
      if ((await this.#runAll(actions)) === 'Failed') return { status: 'Failed' };
      if (this.#value(expression) === true) return { status: 'Succeeded' };
    }
    return { status: 'Failed' };
  }

  async #operate({ host, parameters = {} }: Inputs): Promise<Done> {
    const body = await this.#run.operation?.(host?.operationId ?? '', parameters);
    return { status: 'Succeeded', body, outputs: { body, ...byPath(body, 'body') } };
  }

  async #branch({ expression, actions = {}, else: other }: WorkflowAction): Promise<Done> {
    return {
      status: await this.#runAll(this.#holds(expression) ? actions : (other?.actions ?? {})),
    };
  }

  /** `{ "and": […] }`, `{ "greater": [a, b] }` and the like. */
  #holds(condition: unknown): boolean {
    const [only] = Object.entries(condition as Record<string, unknown>);
    if (only === undefined) return true;
    const [name, given] = only;
    const args = (Array.isArray(given) ? given : [given]).map((argument: unknown) =>
      typeof argument === 'object' && argument !== null
        ? this.#holds(argument)
        : this.#value(argument),
    );
    return plainFunctions[name]?.(...(args as never[])) === true;
  }

  #overItems({ type, inputs }: WorkflowAction): Done {
    const { from, where, select } = inputs as { from: string; where?: string; select?: unknown };
    const items = this.#value(from) as readonly unknown[];
    const each = (template: unknown): unknown[] =>
      items.map((item) => {
        this.#item = item;
        return this.#value(template);
      });
    if (type === 'Select') return { status: 'Succeeded', body: each(select) };
    const kept = each(where);
    return { status: 'Succeeded', body: items.filter((_, index) => kept[index] === true) };
  }

  #toCall({ host, method = 'get', path = '', queries = {}, body }: Inputs): ConnectorCall {
    return {
      connection: host?.connection.name ?? '',
      method,
      segments: path.split('/').map((segment) => decodeURIComponent(decodeURIComponent(segment))),
      queries,
      body,
    };
  }

  async #send({ method = 'POST', uri, headers = {}, body }: Inputs): Promise<Done> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await new FlowEngine({ timeFactor: 0.02 }).run({
      method,
      url: uri ?? this.#run.functionUrl ?? '',
      headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: text }),
    });
    return {
      status: answer.status < 400 ? 'Succeeded' : 'Failed',
      body: answer.text === '' ? null : toJson(answer.text),
    };
  }

  #value(value: unknown): unknown {
    if (typeof value === 'string') return evaluateTemplate(value, this.#functions);
    if (Array.isArray(value)) return value.map((each) => this.#value(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.#value(inner)]),
    );
  }

  get #functions(): Functions {
    const { parameters, trigger, definition, name = '08585000000000000000' } = this.#run;
    const $connections = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: (_, key) => ({
          configurable: true,
          enumerable: true,
          value: key,
        }),
        get: (_, key) => ({ connectionId: String(key) }),
      },
    );
    const given: Readonly<Record<string, unknown>> = { $connections, ...parameters };
    return {
      ...plainFunctions,
      parameters: (parameter: string) => {
        if (definition.parameters[parameter] === undefined)
          throw new Error(`There is no parameter ${parameter}.`);
        return given[parameter];
      },
      triggerBody: () => trigger,
      body: (action: string) => this.#done.get(action)?.body ?? null,
      // Power Automate has a short form for the body of a connector's action and its list.
      outputs: (action: string) => {
        const { outputs, body } = this.#done.get(action) ?? {};
        return outputs ?? outputsOf(body);
      },
      variables: (variable: string) => this.#variables.get(variable),
      items: (loop: string) => this.#items.get(loop),
      item: () => this.#item,
      workflow: () => ({ run: { name } }),
    };
  }
}

const toJson = (content: unknown): unknown =>
  typeof content === 'string' ? (JSON.parse(content) as unknown) : content;

/** `body/counts/total`, as Power Automate names what is in the body of a connector's operation. */
const byPath = (value: unknown, path: string): Json =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? {}
    : Object.assign(
        {},
        ...Object.entries(value).map(([name, inner]) => ({
          [`${path}/${name}`]: inner as unknown,
          ...byPath(inner, `${path}/${name}`),
        })),
      );

/** The outputs of a Compose are its value; those of other actions are an object with the body. */
const outputsOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'value' in body
    ? { body, 'body/value': body.value }
    : body;
