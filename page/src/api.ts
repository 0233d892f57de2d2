import type {
  BatchStatus,
  Caller,
  PreviewedRow,
  Problem,
  RefusedRow,
  RowError,
  RowResult,
  SentSheet,
} from './answers';

/** The error of a refused or failed call. */
export class CallError extends Error implements RowError {
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** Blank if the answer is not the app's and its status says nothing. */
  readonly code: string;
  readonly remedy: string;
  readonly details: readonly Problem[];

  constructor(status: number, error: ErrorBody = {}) {
    super(error.message ?? '');
    this.status = status;
    this.code = error.code ?? codes[status] ?? '';
    this.remedy = error.innerError?.remedy ?? '';
    this.details = error.details ?? [];
  }
}

/** The codes for answers of other programs on the way to the app. */
const codes: Readonly<Record<number, string>> = { 403: 'forbidden', 413: 'requestTooLarge' };

interface ErrorBody {
  readonly code?: string;
  readonly message?: string;
  readonly details?: readonly Problem[];
  readonly innerError?: { readonly remedy?: string };
}

/** Path of the page; its endpoints are below it. */
const pagePath = location.pathname.replace(/\/+$/, '');

/** Address of an empty sheet to fill in. */
export const templatePath = (format: 'xlsx' | 'csv'): string =>
  `${pagePath.replace(/\/app$/i, '')}/templates/${format}`;

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
