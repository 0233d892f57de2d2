import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Batch } from '../../../batches/batch';
import {
  nextPage,
  readResults,
  toJsonRow,
  type Page,
} from '../../../batches/results/batch-results';
import { csvRecords } from '../../../batches/results/csv-records';
import {
  filledWorkbook,
  newResultsWorkbook,
  type WorkbookDependencies,
} from '../../../batches/results/results-workbook';
import { batchOf, urlsOf, type BatchAccess, type ReadDependencies } from './batch-status';
import { preferredType } from '../accept';
import { checkQueryNames } from '../request-options';
import type { HttpHandler } from '../response';
import { wrongQuery } from '../wrong-query';
import { workbookType, workbookTypes } from '../../../batches/workbook-type';

type Format = 'json' | 'ndjson' | 'csv' | 'xlsx';

/** Rows of one answer: default and maximum. An answer is built in memory, so its size is limited. */
const rowsOf: Readonly<Record<Format, { readonly default: number; readonly max: number }>> = {
  json: { default: 500, max: 1_000 },
  ndjson: { default: 5_000, max: 5_000 },
  csv: { default: 50_000, max: 50_000 },
  xlsx: { default: 50_000, max: 50_000 },
};

/** Makes Excel read the text as UTF-8. */
const byteOrderMark = '\uFEFF';

export type ResultsDependencies = ReadDependencies & WorkbookDependencies;

/** `GET /api/batches/{batchId}/results`, as JSON pages, as JSON lines, or as CSV for a spreadsheet. */
export function makeGetBatchResultsHandler(
  deps: ResultsDependencies,
  access: BatchAccess,
): HttpHandler {
  return async (request) => {
    checkQueryNames(request, ['delimiter', 'format', 'skip', 'top']);
    const format = formatOf(request);
    const page = pageOf(request, format);
    const delimiter = delimiterOf(request);
    const batch = await batchOf(request, access, deps);
    const isWhole = isOwnWorkbook(request, batch, format);
    const nextLink = isWhole ? undefined : nextLinkOf(request, batch, page);
    const answer = await answers[format]({ batch, page, nextLink, delimiter, deps });
    return {
      ...answer,
      headers: {
        ...answer.headers,
        ...(nextLink !== undefined && { Link: `<${nextLink}>; rel="next"` }),
      },
    };
  };
}

interface Results {
  readonly batch: Batch;
  readonly page: Page;
  readonly nextLink: string | undefined;
  /** The caller's choice for CSV. */
  readonly delimiter: string | undefined;
  readonly deps: ResultsDependencies;
}

type Answer = HttpResponseInit & { readonly headers?: Readonly<Record<string, string>> };

const answers: Readonly<Record<Format, (results: Results) => Promise<Answer>>> = {
  async json({ batch, page, nextLink, deps }) {
    const value: object[] = [];
    for await (const row of readResults(batch, page, deps))
      value.push(toJsonRow(row, batch.batchId));
    return { jsonBody: { value, ...(nextLink !== undefined && { nextLink }) } };
  },
  async ndjson({ batch, page, deps }) {
    const lines: string[] = [];
    for await (const row of readResults(batch, page, deps))
      lines.push(`${JSON.stringify(toJsonRow(row, batch.batchId))}\n`);
    return {
      headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8' },
      body: lines.join(''),
    };
  },
  async csv({ batch, page, deps, ...chosen }) {
    const delimiter = chosen.delimiter ?? batch.csv?.delimiter ?? ',';
    const records = [byteOrderMark];
    for await (const record of csvRecords(batch, page, { ...deps, delimiter }))
      records.push(record);
    return {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="results-${batch.batchId}.csv"`,
      },
      body: records.join(''),
    };
  },
  async xlsx({ batch, page, deps }) {
    const { workbook, csv } = batch;
    if (workbook === undefined || csv === undefined)
      return workbookAnswer(await newResultsWorkbook(batch, page, deps), batch, 'xlsx');
    const filled = await filledWorkbook({ ...batch, workbook, csv }, deps);
    return workbookAnswer(filled, batch, workbook.extension);
  },
};

const workbookAnswer = (body: Uint8Array, { batchId }: Batch, extension: string): Answer => ({
  headers: {
    'Content-Type': workbookTypes[extension] ?? workbookType,
    'Content-Disposition': `attachment; filename="results-${batchId}.${extension}"`,
  },
  body,
});

/** Whether to return the caller's own workbook, with the results in it. */
function isOwnWorkbook(request: HttpRequest, { workbook }: Batch, format: Format): boolean {
  if (format !== 'xlsx' || workbook === undefined) return false;
  for (const name of ['skip', 'top'])
    if (request.query.has(name))
      throw wrongQuery(
        name,
        'cannot be combined with format=xlsx, because the workbook is returned as a whole',
      );
  return true;
}

/** `?format=` overrides `Accept`, which flows cannot set. */
function formatOf(request: HttpRequest): Format {
  const format = request.query.get('format')?.toLowerCase();
  if (format === 'json' || format === 'ndjson' || format === 'csv' || format === 'xlsx')
    return format;
  if (format !== undefined) throw wrongQuery('format', 'must be json, ndjson, csv or xlsx');
  return preferredType(request.headers.get('accept'), formatsByType);
}

const formatsByType: ReadonlyMap<string, Format> = new Map([
  ['application/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['text/csv', 'csv'],
  [workbookType, 'xlsx'],
]);

function pageOf(request: HttpRequest, format: Format): Page {
  const limits = rowsOf[format];
  return {
    skip: numberIn(request, 'skip', { default: 0, minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    top: numberIn(request, 'top', { default: limits.default, minimum: 1, maximum: limits.max }),
  };
}

function numberIn(
  request: HttpRequest,
  name: string,
  limits: { readonly default: number; readonly minimum: number; readonly maximum: number },
): number {
  const text = request.query.get(name);
  if (text === null) return limits.default;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= limits.minimum) return Math.min(value, limits.maximum);
  throw wrongQuery(name, `must be a whole number of at least ${limits.minimum}`);
}

const delimiters = new Map([
  [',', ','],
  [';', ';'],
  ['\t', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
]);

function delimiterOf(request: HttpRequest): string | undefined {
  const name = request.query.get('delimiter');
  if (name === null) return undefined;
  const delimiter = delimiters.get(name.toLowerCase());
  if (delimiter === undefined) throw wrongQuery('delimiter', 'must be comma, semicolon or tab');
  return delimiter;
}

/** The same call for the next rows. Omits a function key in the query, because addresses may be logged. */
function nextLinkOf(request: HttpRequest, batch: Batch, page: Page): string | undefined {
  const next = nextPage(batch, page);
  if (next === undefined) return undefined;
  const url = new URL(urlsOf(request, batch.batchId).results);
  for (const name of ['format', 'delimiter']) {
    const value = request.query.get(name);
    if (value !== null) url.searchParams.set(name, value);
  }
  url.searchParams.set('skip', String(next.skip));
  url.searchParams.set('top', String(next.top));
  return url.href;
}
