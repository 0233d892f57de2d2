import * as z from 'zod';
import { besideMeeting } from '../../requests/parse/parse-meeting-request';
import { nameOfCell } from '../../workbook/reference';
import type { SheetForm } from '../batch';
import { asCaller, type BatchCaller } from '../caller';
import type { Workbooks } from '../ports';
import { wrongBatch, type BatchBody, type InputRow } from './body';
import { conflictingRows } from './repeated-ids';
import { delimiters } from './sheet/delimiters';
import { rowsAbove } from './sheet/rows-above';

/** Maximum number of rows from the page; larger sheets go to `POST /api/batches`. */
const maxRows = 10_000;
const maxColumns = 500;
/** Maximum length of an Excel cell, in characters. */
const maxCellLength = 32_767;

const correctionSchema = z.strictObject({
  column: z.int().min(1).max(maxColumns),
  from: z.string().max(maxCellLength),
  to: z.string().max(maxCellLength),
});

/** A request without an envelope, so that what is checked here is what is carried out. */
const requestSchema = z.strictObject(
  Object.fromEntries(
    [...besideMeeting, 'meeting', 'calendar'].map((name) => [name, z.unknown().optional()]),
  ),
);

/** Rows that the page has read from a sheet: the request of each, and its cells. */
const rowsSchema = z.strictObject({
  fileName: z.string().min(1).max(255),
  /** Names of the columns as in the sheet. */
  header: z.array(z.string().max(1000)).max(maxColumns),
  /** For CSV. */
  delimiter: z.enum(delimiters).default(','),
  headerRow: z.int().min(1).exactOptional(),
  above: z.array(z.array(z.string()).max(maxColumns)).default([]),
  /** Column numbers, from 1, by the JSON path of their cells. */
  columns: z.record(z.string(), z.int().min(1).max(maxColumns)).default({}),
  /** For a workbook: where the rows are, and the file itself as base64. */
  sheet: z.strictObject({ name: z.string(), headerRow: z.int().min(1) }).optional(),
  workbook: z.string().optional(),
  rows: z
    .array(
      z.strictObject({
        row: z.int().min(1),
        cells: z.array(z.string()).max(maxColumns).optional(),
        corrections: z.array(correctionSchema).min(1).max(maxColumns).optional(),
        request: requestSchema,
      }),
    )
    .max(maxRows),
});

type Rows = z.output<typeof rowsSchema>;

/** @throws MeetingError `invalidRequest` if the body does not have the page's format. */
export function openRows(
  body: Uint8Array,
  caller: BatchCaller | undefined,
  workbooks: Workbooks,
): BatchBody {
  const sent = parse(body);
  const { fileName, header, delimiter, headerRow, above } = sent;
  const isCorrected = sent.rows.some(({ corrections }) => corrections !== undefined);
  const idColumn = sent.columns['requestId'];
  const csv = {
    ...{ delimiter, header },
    ...(idColumn !== undefined && { idColumn }),
    ...(isCorrected && { isCorrected }),
    ...(headerRow !== undefined && { headerRow }),
    ...rowsAbove(above),
  };
  const form = { csv, fileName };
  const read = toInputRows(sent, caller);
  const rows = (): Iterable<InputRow> => read;
  if (sent.sheet === undefined || sent.workbook === undefined)
    return { ...form, rows, nameOf: (target) => header[columnOf(sent, target) - 1] ?? target };
  const workbook = Buffer.from(sent.workbook, 'base64');
  const sheet = sheetIn(workbook, sent.sheet, workbooks);
  return {
    ...form,
    sheet,
    workbook,
    rows,
    nameOf(target, row) {
      const column = columnOf(sent, target);
      return column === 0 ? target : nameOfCell(sheet.name, { column, row });
    },
  };
}

function parse(body: Uint8Array): Rows {
  const parsed = rowsSchema.safeParse(toJson(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrongBatch(
    `The rows are not in the format that the page sends: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`,
  );
}

function toJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw wrongBatch('The body is not JSON.', '$', 'invalidJson');
  }
}

/** The results are added to the workbook, so it must be readable and have the sheet. */
function sheetIn(
  workbook: Uint8Array,
  { name, headerRow }: NonNullable<Rows['sheet']>,
  workbooks: Workbooks,
): SheetForm {
  const { sheets, extension } = workbooks.open(workbook);
  if (!sheets.some((sheet) => sheet.name === name))
    throw wrongBatch('The workbook does not contain the sheet that the rows come from.', 'sheet');
  return { name, headerRow, extension };
}

/** 0 if the target has no column. */
function columnOf({ columns }: Rows, target: string): number {
  const path = Object.keys(columns).find(
    (each) => target === each || target.startsWith(`${each}.`) || target.startsWith(`${each}[`),
  );
  return path === undefined ? 0 : (columns[path] ?? 0);
}

function toInputRows({ rows }: Rows, caller: BatchCaller | undefined): readonly InputRow[] {
  const read = rows.map(({ row, request, cells, corrections }): InputRow => ({
    row,
    ...(caller === undefined ? { input: request } : asCaller(request, caller)),
    ...(cells !== undefined && { cells }),
    ...(corrections !== undefined && { corrections }),
  }));
  const conflicts = conflictingRows(read);
  return read.map((given, index) => {
    const conflict = conflicts.get(index);
    return conflict === undefined
      ? given
      : { ...given, problems: [...(given.problems ?? []), conflict] };
  });
}
