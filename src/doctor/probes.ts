/** A part of the storage account that the app works with. */
export interface StorageResource {
  readonly kind: 'queue' | 'table' | 'container';
  readonly name: string;
}

/** Storage's answer to a call without effect. */
export type StorageAccess =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly right: 'read' | 'write' }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** The length and age of a queue. */
export interface QueueState {
  /** Approximate number, as storage counts it. */
  readonly messages: number;
  /** Milliseconds since the oldest visible message was put there; absent when none is visible. */
  readonly oldestMs?: number;
}

/** The claims of an access token that matter here: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
export interface TokenClaims {
  readonly aud: string;
  readonly appid: string;
  readonly oid: string;
  readonly tid: string;
  readonly roles: readonly string[];
  /** Seconds since 1970. */
  readonly iat: number;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** The identity's answer. `unreadable`: a token without an audience that can be read. `refused`: no token. */
export type TokenAnswer =
  | { readonly kind: 'token'; readonly claims: TokenClaims }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'refused'; readonly reason: string };

/** One call to Graph, with the app's token. */
export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the version; empty for its root. */
  readonly path: string;
  readonly body?: object;
  /** Sent without a token. */
  readonly anonymous?: true;
}

/**
 * Graph's answer; `code` and `message` are those of its error, and `durationMs` is the time until the whole answer was
 * read.
 */
interface GraphReply {
  readonly kind: 'reply';
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly body: unknown;
  readonly durationMs: number;
  /** How far Graph's clock is ahead of the app's, in milliseconds; absent if the answer has no date. */
  readonly aheadMs?: number;
}

/** An answer with any status; or `none`, if there was no answer or no token. */
export type GraphAnswer = GraphReply | { readonly kind: 'none'; readonly reason: string };

/** The doctor's access to the outside. None of it throws, and only `graph` with POST or DELETE changes anything. */
export interface Probes {
  readonly access: (resource: StorageResource) => Promise<StorageAccess>;
  /** Undefined if the queue cannot be read. */
  readonly queue: (name: string) => Promise<QueueState | undefined>;
  /** The number of meetings of each organizer this month, by object id; undefined if storage does not answer. */
  readonly meetings: (organizerIds: readonly string[]) => Promise<readonly number[] | undefined>;
  readonly token: () => Promise<TokenAnswer>;
  /** One call, without retries. */
  readonly graph: (request: GraphRequest) => Promise<GraphAnswer>;
}
