import type { MeetingErrorCode } from '../errors/meeting-error';
import type { SchemaName } from './components';
import type { Parameter } from './parameters';

/** How a caller is authorized: function key, master key, token of Microsoft Entra ID, or not at all. */
export type Access = 'key' | 'masterKey' | 'signIn' | 'anyone';

/** A successful answer of an operation. `schema` is the name of a schema; absent if the answer is not JSON. */
export interface Answer {
  readonly description: string;
  readonly schema?: SchemaName;
  readonly example?: unknown;
  readonly headers?: readonly HeaderName[];
  /** Other media types of the same answer, each with an example. */
  readonly otherForms?: Readonly<Record<string, string>>;
}

/** Headers of answers that the document describes. */
export type HeaderName = 'Location' | 'Retry-After' | 'Convoke-Not-Applied' | 'Link';

/** The description of one endpoint. The OpenAPI document and the tests are generated from it. */
export interface Operation {
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  readonly path: string;
  readonly tag: 'Meetings' | 'Batches' | 'Requests' | 'Operation';
  readonly summary: string;
  readonly description: string;
  readonly access: Access;
  readonly parameters: readonly Parameter[];
  readonly body?: {
    readonly schema: SchemaName;
    readonly example: unknown;
    readonly otherForms?: Readonly<Record<string, string>>;
  };
  /** By HTTP status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Description of 204, if success has no body. */
  readonly noContent?: string;
  readonly errors: readonly MeetingErrorCode[];
}
