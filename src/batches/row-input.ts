import { actionIn, revisionIn } from '../requests/parse/parse-meeting-request';
import type { Batch } from './batch';
import type { RowLine } from './row-line';

/**
 * The request of a row. Changes to one meeting take effect in the order in which their batches were accepted, whenever
 * they are carried out.
 */
export function inputOf({ input }: RowLine, { acceptedDateTime }: Batch): object {
  const given = input as object;
  if (actionIn(given) === 'create' || revisionIn(given) !== undefined) return given;
  return { ...given, revision: Date.parse(acceptedDateTime) };
}
