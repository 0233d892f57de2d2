/** What the page sends to the app and gets from it. */
import type { PreviewOutcome } from '../../../src/results/meeting-result';
import type { SentRow } from '../columns/rows/requests';
import type { CountName } from './status-counts';

/** The signed-in user. */
export interface Caller {
  readonly name: string;
  readonly userName: string;
  /** Whether they may only make meetings of their own. */
  readonly ownOnly: boolean;
  /** Names of organizer pools that a row may name instead of an organizer. */
  readonly pools: readonly string[];
  /** Whether meetings can be in a calendar, with invitations by mail. */
  readonly hasCalendars: boolean;
}

/** The body that the page sends: the rows as requests, and their file. */
export interface SentSheet {
  readonly fileName: string;
  readonly header: readonly string[];
  /** For CSV: with the rows above the headings. */
  readonly delimiter?: string;
  readonly headerRow?: number;
  readonly above?: readonly (readonly string[])[];
  readonly columns: Readonly<Record<string, number>>;
  readonly sheet?: { readonly name: string; readonly headerRow: number };
  /** Base64. */
  readonly workbook?: string;
  readonly rows: readonly SentRow[];
}

/** One thing that is wrong with a row. */
export interface Problem {
  readonly code: string;
  /** A JSON path. */
  readonly target: string;
  readonly message: string;
}

/** A row that would be refused; `row` as in the file, from 1. */
export interface RefusedRow {
  readonly row: number;
  readonly problems: readonly Problem[];
}

/** The part of a batch's status that the page shows. */
export interface BatchStatus {
  readonly batchId: string;
  readonly state: 'accepted' | 'running' | 'cancelling' | 'finished' | 'cancelled';
  readonly counts: {
    readonly total: number;
  } & Readonly<Record<CountName, number>>;
  readonly acceptedDateTime: string;
  readonly estimatedEndDateTime: string | null;
  readonly fileName: string;
  readonly callerName: string;
  /** Whether it is a sheet, which can be sent again; a change of its meetings is not. */
  readonly hasSheet: boolean;
  readonly hasWorkbook: boolean;
}

/** What a row would do. */
export type Outcome = PreviewOutcome;

/** The predicted outcome of one row. */
export interface PreviewedRow {
  readonly row: number;
  readonly preview?: {
    readonly outcome: Outcome;
    readonly changes: readonly {
      readonly path: string;
      readonly from: string | null;
      readonly to: string | null;
    }[];
    readonly warnings: readonly Problem[];
  };
  readonly error: RowError | null;
}

/** Why a row has no meeting, or not the one that it asks for. */
export interface RowError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** A JSON path. */
  readonly target?: string;
  readonly details?: readonly Problem[];
}

/** The part of a row's result that the page shows; `row` as in the file, from 1. */
export interface RowResult {
  readonly requestId: string;
  readonly row: number;
  readonly status: CountName;
  readonly meeting: {
    readonly subject?: string;
    /** In UTC. */
    readonly startDateTime?: string;
    readonly endDateTime?: string;
    readonly joinWebUrl?: string;
  } | null;
  readonly error: RowError | null;
}
