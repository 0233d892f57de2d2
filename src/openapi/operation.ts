import type { MeetingErrorCode } from '../errors/meeting-error';
import type { SchemaName } from './components';
import type { Parameter } from './parameters';

export type Access = 'key' | 'masterKey' | 'signIn' | 'anyone';

/** A successful answer of an operation; a name stands for a schema. Without one there is no JSON. */
export interface Answer {
  readonly description: string;
  readonly schema?: SchemaName;
  readonly example?: unknown;
  readonly headers?: readonly HeaderName[];
  /** Other forms of the same answer: media type and an example. */
  readonly otherForms?: Readonly<Record<string, string>>;
}

export type HeaderName = 'Location' | 'Retry-After' | 'Convoke-Not-Applied' | 'Link';

/** One endpoint, described once: the OpenAPI document and the tests are generated from these. */
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
  /** What 204 means, where success has no body. */
  readonly noContent?: string;
  readonly errors: readonly MeetingErrorCode[];
}
