/** Where a request came from and how far it has come: travels with its message, and into its result. */
export interface MessageMetadata {
  /** Attempts before this one. */
  readonly attempts: number;
  /** When the request was first seen, ISO 8601 UTC. */
  readonly acceptedDateTime: string;
  readonly batchId?: string;
  readonly index?: number;
  /** Secret of the batch, which proves that the message is a row of it. */
  readonly rowToken?: string;
  /** Which pass over the ended rows of its batch sent it; absent for the first time that a row is sent. */
  readonly pass?: number;
  /** Somebody accepts that the row may end with a second meeting. */
  readonly isConfirmed?: boolean;
  /** W3C trace context: https://www.w3.org/TR/trace-context/#traceparent-header */
  readonly traceparent?: string;
  /** Nobody tries the request again after this attempt. Belongs to the attempt, so no message has it. */
  readonly isLastAttempt?: boolean;
}
