import type {
  BatchStatus,
  Caller,
  PreviewedRow,
  RefusedRow,
  RowResult,
  SentSheet,
} from './answers';
import { call, json, pagePath, pause, post } from './call';

/** Address of an empty sheet to fill in. */
export const templatePath = (format: 'xlsx' | 'csv'): string =>
  `${pagePath.replace(/\/app$/i, '')}/templates/${format}`;

/** App Service's own addresses: https://learn.microsoft.com/azure/app-service/configure-authentication-customize-sign-in-out */
export const signInPath = `/.auth/login/aad?post_login_redirect_uri=${encodeURIComponent(pagePath)}`;
export const signOutPath = `/.auth/logout?post_logout_redirect_uri=${encodeURIComponent(pagePath)}`;

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
