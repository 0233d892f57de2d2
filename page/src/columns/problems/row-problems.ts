import type { PreviewedRow, Problem, RefusedRow, RowError } from '../../api/answers';

/** Fields that errors without a target are about. */
const targets: Readonly<Record<string, string>> = {
  organizerNotFound: 'organizer',
  organizerNotLicensed: 'organizer',
  accessPolicyMissing: 'organizer',
  organizerPoolNotFound: 'organizerPool',
  organizerPoolExhausted: 'organizerPool',
};
const wholeRow = '$';

/** The error of a row as a list of its problems. Only those of an invalid request have details for its sender. */
export function problemsOf({
  code,
  message,
  remedy,
  target,
  details,
}: RowError): readonly Problem[] {
  if (code === 'invalidRequest' && details !== undefined && details.length > 0) return details;
  return [{ code, target: target ?? targets[code] ?? wholeRow, message: `${message} ${remedy}` }];
}

/** The rows that would be refused, in the format of invalid rows. */
export const refusedIn = (rows: readonly PreviewedRow[]): readonly RefusedRow[] =>
  rows.flatMap(({ row, error }) => (error === null ? [] : [{ row, problems: problemsOf(error) }]));
