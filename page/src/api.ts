import type { Problem, RefusedRow } from './columns/refused-row';
import type { SentRow } from './columns/requests';
import type { CountName } from './status-counts';

export type { Problem, RefusedRow };

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
  readonly delimiter?: string;
  readonly columns: Readonly<Record<string, number>>;
  readonly sheet?: { readonly name: string; readonly headerRow: number };
  /** Base64. */
  readonly workbook?: string;
  readonly rows: readonly SentRow[];
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
  readonly hasWorkbook: boolean;
}

/** What a row would do. */
export type Outcome = 'create' | 'update' | 'unchanged' | 'cancel' | 'refuse';

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
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
    readonly target?: string;
  } | null;
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
  readonly error: { readonly message: string; readonly remedy: string } | null;
}

/** The error of a refused or failed call. */
export class CallError extends Error {
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  readonly remedy: string;
  readonly details: readonly Problem[];

  constructor(status: number, error: ErrorBody = {}) {
    super(error.message ?? '');
    this.status = status;
    this.remedy = error.innerError?.remedy ?? '';
    this.details = error.details ?? [];
  }
}

interface ErrorBody {
  readonly message?: string;
  readonly details?: readonly Problem[];
  readonly innerError?: { readonly remedy?: string };
}

/** Path of the page; its endpoints are below it. */
export const pagePath = location.pathname.replace(/\/+$/, '');

/** App Service's own addresses: https://learn.microsoft.com/azure/app-service/configure-authentication-customize-sign-in-out */
export const signInPath = `/.auth/login/aad?post_login_redirect_uri=${encodeURIComponent(pagePath)}`;
export const signOutPath = `/.auth/logout?post_logout_redirect_uri=${encodeURIComponent(pagePath)}`;

const maxTries = 4;
const firstPauseMs = 1_000;

/** Makes a call and retries it; every call may be repeated. @throws CallError */
async function call(path: string, init: RequestInit = {}): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const answer = await attempt(path, init);
    if (answer.ok) return answer;
    const isPassing = answer.status === 429 || answer.status >= 500;
    if (!isPassing || tries === maxTries) throw await toCallError(answer);
    await pause(firstPauseMs * 2 ** (tries - 1));
  }
}

async function attempt(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`${pagePath}${path}`, {
      ...init,
      redirect: 'error',
      // No other site can send this header; the app refuses calls without it.
      headers: { ...init.headers, 'X-Convoke-Page': '1' },
    });
  } catch {
    return new Response(null, { status: 503 });
  }
}

async function toCallError(answer: Response): Promise<CallError> {
  try {
    const { error } = (await answer.json()) as { error?: ErrorBody };
    return new CallError(answer.status, error);
  } catch {
    return new CallError(answer.status);
  }
}

/** Waits this many milliseconds. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

const json = async <T>(path: string, init?: RequestInit): Promise<T> =>
  (await call(path, init)).json() as Promise<T>;

const post = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** Asks who is signed in. @throws CallError; its status is 401 if nobody is. */
export const whoAmI = (): Promise<Caller> => json('/me');

/** The problems of the rows. Makes and stores nothing. */
export async function check(sheet: SentSheet): Promise<readonly RefusedRow[]> {
  const { value } = await json<{ value: readonly RefusedRow[] }>(
    '/batches?check=true',
    post(withoutFile(sheet)),
  );
  return value;
}

/** The sheet without its file, only with the requests of the rows. */
const withoutFile = ({ fileName, rows }: SentSheet): SentSheet => ({
  fileName,
  header: [],
  columns: {},
  rows: rows.map(({ row, request }) => ({ row, request })),
});

const previewPauseMs = 600;

/** The predicted outcomes of the rows, from the directory and earlier requests. Makes nothing. */
export async function preview(
  sheet: SentSheet,
  isWanted: () => boolean,
): Promise<readonly PreviewedRow[]> {
  let status: BatchStatus = await json('/batches?preview=true', post(withoutFile(sheet)));
  while (status.state !== 'finished' && isWanted()) {
    await pause(previewPauseMs);
    status = await batch(status.batchId);
  }
  if (isWanted()) return allResults<PreviewedRow>(status.batchId, status.counts.total);
  void stop(status.batchId).catch(() => undefined);
  return [];
}

/**
 * Retries of the call are one list; submitting again makes another list, because a list may be sent again after an
 * undo. Rows have ids, so no row gets a second meeting.
 */
export const submit = (sheet: SentSheet): Promise<BatchStatus> =>
  json('/batches', post(sheet, { 'Idempotency-Key': crypto.randomUUID() }));

/** Lists the user's batches, newest first. @throws CallError */
export const batches = async (): Promise<readonly BatchStatus[]> =>
  (await json<{ value: readonly BatchStatus[] }>('/batches')).value;

/** Reads the status of a batch. @throws CallError */
export const batch = (id: string): Promise<BatchStatus> => json(`/batches/${id}`);

/** Cancels a batch: rows that have not begun are not carried out. @throws CallError */
export const stop = (id: string): Promise<BatchStatus> =>
  json(`/batches/${id}`, { method: 'DELETE' });

/** Tries the failed rows again. */
export const retry = (id: string): Promise<BatchStatus> =>
  json(`/batches/${id}/retry`, { method: 'POST' });

/** Number of rows in an answer. */
const pageSize = 1_000;

/** Reads the results of all `total` rows, page by page. @throws CallError */
export const results = (id: string, total: number): Promise<readonly RowResult[]> =>
  allResults<RowResult>(id, total);

async function allResults<Row>(id: string, total: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let skip = 0; skip < total; skip += pageSize) {
    const { value } = await json<{ value: readonly Row[] }>(
      `/batches/${id}/results?skip=${skip}&top=${pageSize}`,
    );
    rows.push(...value);
  }
  return rows;
}

/** The sheet with the links in it. */
export const download = async (id: string, format: 'xlsx' | 'csv'): Promise<Blob> =>
  (await call(`/batches/${id}/results?format=${format}`)).blob();
