import type { TableEntity } from '@azure/data-tables';
import { chunkOf, maxErrorLength, type Pass } from '../../../batches/batch';
import type { RowOutcome } from '../../../batches/outcomes/row-outcome';
import { cutText } from '../../../errors/cut-text';
import type { MeetingResult, PreviewOutcome } from '../../../results/meeting-result';
import { toAsciiJson } from '../../../results/result-message';
import { fromColumns, toColumns } from '../columns';

/** One partition for each chunk: this spreads the writes of a batch, and a whole chunk can be read in one call. */
export const partitionOf = (batchId: string, chunk: number): string => `${batchId}:${chunk}`;
/** Rows in order of their index; a batch has at most a million. */
const rowKeyOf = (index: number): string => String(index).padStart(7, '0');

/** The result of one row of a batch, as stored in the table. */
export interface ProgressRow {
  requestId: string;
  status: MeetingResult['status'];
  /** Absent in rows written by an earlier version. */
  attempts?: number;
  code?: string;
  message?: string;
  outcome?: PreviewOutcome;
  /** The last pass that reopened the row, if any. */
  pass?: number;
  reopenedBy?: Pass['kind'];
  /** The result is out of date; another one will follow. */
  isAwaited?: boolean;
}

/** A result as a row of the table, whose `message` is cut to `maxErrorLength`. */
export function toRow(
  result: MeetingResult,
  batchId: string,
  index: number,
): TableEntity<ProgressRow> {
  return {
    partitionKey: partitionOf(batchId, chunkOf(index)),
    rowKey: rowKeyOf(index),
    requestId: result.requestId,
    status: result.status,
    attempts: result.attempts,
    ...(result.error !== null && {
      code: result.error.code,
      message: cutText(result.error.message, maxErrorLength),
    }),
    ...(result.pass !== undefined && { pass: result.pass }),
    ...(result.preview !== undefined && { outcome: result.preview.outcome }),
    ...toColumns('result', toAsciiJson(result)),
  };
}

/** The columns that `toOutcome` reads. */
export const outcomeColumns = [
  'RowKey',
  'requestId',
  'status',
  'code',
  'message',
  'outcome',
  'pass',
  'reopenedBy',
  'isAwaited',
];

/** The outcome in a row that was read with `outcomeColumns`. */
export function toOutcome(row: ProgressRow & { readonly rowKey?: string }): RowOutcome {
  const { rowKey, requestId, status, code, message, outcome, pass, reopenedBy, isAwaited } = row;
  return {
    index: Number(rowKey),
    requestId,
    status,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    ...(outcome !== undefined && { outcome }),
    ...(pass !== undefined && { pass }),
    ...(reopenedBy !== undefined && { reopenedBy }),
    ...(isAwaited === true && { isAwaited }),
  };
}

/** Reads the whole result, which is JSON split over columns. */
export const toResult = (row: ProgressRow): MeetingResult =>
  JSON.parse(fromColumns('result', { ...row })) as MeetingResult;
