import { checkRows } from '../../../src/batches/intake/check-rows';
import { openRows } from '../../../src/batches/intake/read-rows';
import { validateRow } from '../../../src/batches/intake/validate-row';
import { aRow, asBody, BatchHarness } from '../../support/harness/batch-harness';

const options = { now: new Date('2026-11-01T00:00:00Z'), allowPast: true };

/** Rows as the page sends them; the first is row 2 of the sheet. */
function sent(...requests: readonly object[]) {
  const rows = requests.map((request, index) => ({ row: index + 2, request }));
  const body = asBody({ fileName: 'lessons.csv', header: [], rows });
  return openRows(body, undefined, new BatchHarness().deps.workbooks);
}

test('a changed copy of a row and the row itself are refused, each in its cell, and no other row', async () => {
  const body = sent(aRow(0), aRow(1), aRow(0, { durationMinutes: 45 }));
  const problem = {
    code: 'conflicting',
    target: 'requestId',
    message: 'Rows 2 and 4 have the same requestId "row-0" but different content.',
  };
  expect(await checkRows(body, options)).toEqual([
    { row: 2, problems: [problem] },
    { row: 4, problems: [problem] },
  ]);
});

test('an equal copy of a row is the same request', async () => {
  expect(await checkRows(sent(aRow(0), aRow(1), aRow(0)), options)).toEqual([]);
});

test('the rows that do not conflict can be sent', () => {
  const body = sent(aRow(0), aRow(1), aRow(0, { durationMinutes: 45 }));
  const lines = [...(body.rows() as Iterable<Parameters<typeof validateRow>[0]>)].map(
    (row, index) => validateRow(row, { batchId: 'b', index }, { ...body, ...options }),
  );
  expect(lines.map(({ problems }) => problems === undefined)).toEqual([false, true, false]);
});
