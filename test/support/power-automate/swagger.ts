import Ajv4 from 'ajv-draft-04';
import { SchemaChecks } from '../schema-checks';

export interface SwaggerSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SwaggerSchema>>;
  readonly items?: SwaggerSchema;
  readonly $ref?: string;
  readonly 'x-ms-summary'?: string;
  readonly 'x-ms-visibility'?: string;
}

export interface SwaggerParameter extends Omit<SwaggerSchema, 'required'> {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly required?: boolean;
  readonly schema?: SwaggerSchema;
}

export interface SwaggerOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly SwaggerParameter[];
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly schema?: SwaggerSchema; readonly headers?: object }
    >
  >;
  readonly 'x-ms-trigger'?: string;
  readonly 'x-ms-trigger-hint'?: string;
}

export interface Swagger {
  readonly info: { readonly title: string; readonly description: string };
  readonly basePath: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
  readonly securityDefinitions: Readonly<
    Record<string, { readonly type: string; readonly name?: string }>
  >;
  readonly 'x-ms-connector-metadata': readonly {
    readonly propertyName: string;
    readonly propertyValue: string;
  }[];
}

export interface FlowRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface FlowAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Allows null according to `x-nullable`, which JSON Schema does not have. */
const withNull = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(withNull);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, withNull(value)]),
  );
  return inner['x-nullable'] === true ? { anyOf: [inner, { type: 'null' }] } : inner;
};

const toText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** Makes calls using only a connector's definition, like Power Automate, and checks answers against it. */
export class SwaggerClient {
  readonly #swagger: Swagger;
  readonly #checks: SchemaChecks;

  constructor(swagger: Swagger) {
    this.#swagger = swagger;
    const ajv = new Ajv4({ strict: false, allErrors: true });
    this.#checks = new SchemaChecks(ajv, withNull(swagger) as object);
  }

  /** @throws Error when the values are not as defined. */
  request(
    base: string,
    operationId: string,
    values: Readonly<Record<string, unknown>>,
    key: string,
  ): FlowRequest {
    const { path, method, operation } = this.#find(operationId);
    const known = new Set(operation.parameters.map(({ name }) => name));
    const unknown = Object.keys(values).filter((name) => !known.has(name));
    if (unknown.length > 0) throw new Error(`${operationId} has no ${unknown.join(', ')}.`);
    const url = new URL(
      `${base}${path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(toText(values[name])))}`,
    );
    const headers: Record<string, string> = { [this.#keyHeader]: key };
    let body: string | undefined;
    for (const parameter of operation.parameters) {
      const value = values[parameter.name] ?? parameter.default;
      this.#check(parameter, value);
      if (value === undefined) continue;
      if (parameter.in === 'query') url.searchParams.set(parameter.name, toText(value));
      if (parameter.in === 'header') headers[parameter.name] = toText(value);
      if (parameter.in === 'body') body = JSON.stringify(value);
    }
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    return {
      method: method.toUpperCase(),
      url: url.href,
      headers,
      ...(body !== undefined && { body }),
    };
  }

  /** The answer's body. @throws Error when the answer is not as defined. */
  read(operationId: string, { status, text }: FlowAnswer): unknown {
    const { operation } = this.#find(operationId);
    const response = operation.responses[status];
    if (response === undefined)
      throw new Error(`${operationId} does not define ${status}: ${text}`);
    if (response.schema === undefined) return undefined;
    const body: unknown = response.schema.type === 'string' ? text : JSON.parse(text);
    this.#refuse(`${operationId} ${status}`, response.schema, body);
    return body;
  }

  get #keyHeader(): string {
    const [first] = Object.values(this.#swagger.securityDefinitions);
    return first?.type === 'apiKey' && first.name !== undefined ? first.name : 'x-functions-key';
  }

  #find(operationId: string): { path: string; method: string; operation: SwaggerOperation } {
    for (const [path, methods] of Object.entries(this.#swagger.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (operation.operationId === operationId) return { path, method, operation };
      }
    }
    throw new Error(`${operationId} is not defined.`);
  }

  #check({ name, in: place, required, schema, ...own }: SwaggerParameter, value: unknown): void {
    if (value === undefined) {
      if (required) throw new Error(`${name} is missing.`);
      return;
    }
    const { $ref: _, ...primitive } = own;
    this.#refuse(name, place === 'body' ? (schema ?? {}) : primitive, value);
  }

  #refuse(what: string, schema: SwaggerSchema, value: unknown): void {
    const problems = this.#checks.problemsWith(withNull(schema) as object, value);
    if (problems.length > 0) throw new Error(`${what}: ${problems.join('; ')}`);
  }
}
