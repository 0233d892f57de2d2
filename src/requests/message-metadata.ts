/** Origin and progress of a request. Carried in its message and copied into its result. */
export interface MessageMetadata {
  /** Number of attempts before this one. */
  readonly attempts: number;
  /** When the request was first seen, ISO 8601 UTC. */
  readonly acceptedDateTime: string;
  readonly batchId?: string;
  readonly index?: number;
  /** Secret of the batch: proves that the message is one of its rows. */
  readonly rowToken?: string;
  /** The pass over finished rows of its batch that sent it; absent when a row is first sent. */
  readonly pass?: number;
  /** The caller accepts that the row may make a second meeting. */
  readonly isConfirmed?: boolean;
  /** W3C trace context: https://www.w3.org/TR/trace-context/#traceparent-header */
  readonly traceparent?: string;
  /** No attempt follows this one. Set for the attempt only; never in a message. */
  readonly isLastAttempt?: boolean;
}
