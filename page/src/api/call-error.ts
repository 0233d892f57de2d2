import type { Problem, RowError } from './answers';

/** The error of a refused or failed call. */
export class CallError extends Error implements RowError {
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** Blank if the answer is not the app's and its status says nothing. */
  readonly code: string;
  readonly remedy: string;
  /** The property, parameter or setting that is wrong; blank if none. */
  readonly target: string;
  readonly details: readonly Problem[];

  constructor(status: number, error: ErrorBody = {}) {
    super(error.message ?? '');
    this.status = status;
    this.code = error.code ?? codes[status] ?? '';
    this.remedy = error.innerError?.remedy ?? '';
    this.target = error.target ?? '';
    this.details = error.details ?? [];
  }
}

/** The codes for answers of other programs on the way to the app. */
const codes: Readonly<Record<number, string>> = { 403: 'forbidden', 413: 'requestTooLarge' };

/** The part of the app's error that the page reads. */
export interface ErrorBody {
  readonly code?: string;
  readonly message?: string;
  readonly target?: string;
  readonly details?: readonly Problem[];
  readonly innerError?: { readonly remedy?: string };
}
