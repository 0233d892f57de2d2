import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { workbookTypes } from '../../src/batches/workbook-type';
import { UsageError } from '../../local/command-line';
import type { Command, Context } from '../context';
import { codeOfBatch } from '../exit-codes';
import { checkFolder, readInput, typeOf } from '../files';
import { follow, rowsOf, showRows, type Status } from '../followed-batch';

interface BatchOptions {
  readonly file: string;
  readonly organizer?: string;
  readonly organizerPool?: string;
  readonly timeZone?: string;
  readonly minutes?: string;
  readonly dateOrder?: string;
  readonly sheet?: string;
  /** The action for rows without one. */
  readonly action?: string;
  /** Compare with Graph, and revert what people changed in Teams. */
  readonly refresh?: boolean;
  /** The file for the results; its extension selects the format. */
  readonly out?: string;
  /** Only predict the outcome. */
  readonly preview?: boolean;
  /** Send the file as a new batch, even if it was sent before. */
  readonly again?: boolean;
}

/** Sends a sheet or a list as a batch, waits for its end, and shows a line for each request. */
export const batch: Command<BatchOptions> = async (options, context) => {
  const { out } = options;
  const format = out === undefined ? undefined : await formatOf(out);
  const status = await follow(await submit(options, context), context);
  showRows(status, await rowsOf(status, context), context);
  if (out !== undefined) await save(`${status.resultsUrl}?format=${format}`, out, context);
  return codeOfBatch(status);
};

/** Submits the file. The same file is the same batch, so an interrupted command continues where it stopped. */
async function submit(options: BatchOptions, { api }: Context): Promise<Status> {
  const { bytes } = await readInput(options.file);
  const path = `/api/batches?${queryOf(options).toString()}`;
  const key = createHash('sha256').update(path).update(bytes).digest('hex');
  const type = typeOf(options.file);
  return api.json<Status>(path, {
    method: 'POST',
    body: bytes,
    headers: {
      'Idempotency-Key': options.again === true ? randomUUID() : key,
      'Content-Type': type ?? 'application/octet-stream',
    },
  });
}

function queryOf({
  organizer,
  organizerPool,
  timeZone,
  minutes,
  dateOrder,
  sheet,
  action,
  refresh,
  preview,
}: BatchOptions): URLSearchParams {
  const defaults = { organizer, organizerPool, timeZone, durationMinutes: minutes, action };
  const values = { ...defaults, dateOrder, sheet, refresh, preview };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) query.set(name, String(value));
  return query;
}

async function save(url: string, file: string, { api }: Context): Promise<void> {
  const { body } = await api.call(url);
  if (body !== null) await pipeline(Readable.fromWeb(body as never), createWriteStream(file));
}

/** @throws UsageError, before anything is sent. */
async function formatOf(file: string): Promise<string> {
  await checkFolder(file);
  const format = extname(file).slice(1).toLowerCase();
  if (['csv', 'json', 'ndjson'].includes(format)) return format;
  if (workbookTypes[format] !== undefined) return 'xlsx';
  throw new UsageError(`--out ${file}: the name must end with .csv, .xlsx, .json or .ndjson.`);
}
