import { Ajv2020 } from 'ajv/dist/2020';
import { SchemaChecks } from '../schema-checks';

export interface DescribedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: object;
}

interface Content {
  readonly [mediaType: string]: {
    readonly schema: object;
    readonly example?: unknown;
    readonly examples?: Readonly<Record<string, { readonly $ref: string }>>;
  };
}

export interface DescribedAnswer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Content;
}

export interface DescribedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters: readonly DescribedParameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, DescribedAnswer>>;
}

export interface OpenApi {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
    readonly headers: Readonly<Record<string, { readonly schema: object }>>;
  };
}

export interface Call {
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Answers are checked with matchers, which take anything.
  readonly body: unknown;
}

/** Calls an API using only its OpenAPI description, and checks requests and answers against it. */
export class DescribedApi {
  readonly document: OpenApi;
  readonly #checks: SchemaChecks;

  constructor(document: OpenApi) {
    this.document = document;
    this.#checks = new SchemaChecks(new Ajv2020({ strict: false, allErrors: true }), document);
  }

  get operations(): readonly { path: string; method: string; operation: DescribedOperation }[] {
    return Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
  }

  /** The problems of a value, in words; empty if there are none. */
  problemsWith(schema: object, value: unknown): string[] {
    return this.#checks.problemsWith(schema, value);
  }

  /** @throws Error when the call or its answer is not as described. */
  async call(url: string, operationId: string, call: Call = {}): Promise<ApiAnswer> {
    const found = this.operations.find(({ operation }) => operation.operationId === operationId);
    if (found === undefined) throw new Error(`${operationId} is not described.`);
    const { operation, method } = found;
    const contentType = call.contentType ?? 'application/json';
    this.#checkCall(operation, call, contentType);
    const target = addressOf(
      `${new URL(this.document.servers[0]?.url ?? '', url).href}${found.path}`,
      operation,
      call,
    );
    const response = await fetch(target, {
      method: method.toUpperCase(),
      headers: {
        ...headersOf(operation, call),
        ...call.headers,
        ...(call.body !== undefined && { 'Content-Type': contentType }),
      },
      ...(call.body !== undefined && {
        body: typeof call.body === 'string' ? call.body : JSON.stringify(call.body),
      }),
    });
    return this.#checkAnswer(operation, response);
  }

  #checkCall(
    operation: DescribedOperation,
    { parameters = {}, body }: Call,
    contentType: string,
  ): void {
    for (const { name, required, schema } of operation.parameters) {
      const value = parameters[name];
      if (value === undefined && required === true) throw new Error(`${name} is missing.`);
      if (value !== undefined) this.#refuse(name, this.problemsWith(schema, value));
    }
    const described = operation.requestBody?.content[contentType];
    if ((described === undefined) !== (body === undefined))
      throw new Error('The body is not as described.');
    if (described !== undefined) this.#refuse('body', this.problemsWith(described.schema, body));
  }

  async #checkAnswer(operation: DescribedOperation, response: Response): Promise<ApiAnswer> {
    const { status, headers } = response;
    const text = await response.text();
    const answer = operation.responses[status];
    if (answer === undefined) throw new Error(`${status} is not described: ${text}`);
    for (const [name, value] of headers) {
      const described = Object.keys(answer.headers ?? {}).find(
        (each) => each.toLowerCase() === name,
      );
      const schema =
        described === undefined ? undefined : this.document.components.headers[described]?.schema;
      if (schema !== undefined)
        this.#refuse(name, this.problemsWith(schema, /^\d+$/.test(value) ? Number(value) : value));
    }
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (answer.content === undefined) {
      this.#refuse('body', text === '' ? [] : ['is not described']);
      return { status, headers, body: undefined };
    }
    const described = answer.content[type];
    if (described === undefined) throw new Error(`${type} is not described for ${status}.`);
    const body: unknown = type === 'application/json' ? JSON.parse(text) : text;
    this.#refuse(`${operation.operationId} ${status}`, this.problemsWith(described.schema, body));
    return { status, headers, body };
  }

  #refuse(what: string, problems: readonly string[]): void {
    if (problems.length > 0) throw new Error(`${what}: ${problems.join('; ')}`);
  }
}

function addressOf(
  template: string,
  operation: DescribedOperation,
  { parameters = {} }: Call,
): string {
  const url = new URL(
    template.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(parameters[name])),
    ),
  );
  for (const { name, in: place } of operation.parameters) {
    const value = parameters[name];
    if (place === 'query' && value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

const headersOf = (
  operation: DescribedOperation,
  { parameters = {} }: Call,
): Record<string, string> =>
  Object.fromEntries(
    operation.parameters.flatMap(({ name, in: place }) =>
      place === 'header' && parameters[name] !== undefined
        ? [[name, String(parameters[name])]]
        : [],
    ),
  );
