import { acceptBatch } from '../../../src/batches/intake/accept-batch';
import { checkRows } from '../../../src/batches/intake/check-rows';
import { openRows } from '../../../src/batches/intake/read-rows';
import { readLines } from '../../../src/batches/read-lines';
import type { RowLine } from '../../../src/batches/row-line';
import { aRow, asBody, BatchHarness } from '../../support/harness/batch-harness';

const over = {
  organizer: 'nobody',
  meeting: { subject: 'Evening', startDateTime: '2020-12-01T14:30:00' },
};
const problems = [{ code: 'invalidIdentity' }, { code: 'inThePast' }];

/** The stored rows of a list. */
async function accepted(allowPast: boolean): Promise<readonly RowLine[]> {
  const harness = new BatchHarness();
  const body = asBody([aRow(0, over), aRow(1, { meeting: over.meeting })]);
  const { batch } = await acceptBatch(
    { body, format: 'json', defaults: {} },
    { ...harness.deps, allowPast },
  );
  return readLines(batch, 0, harness.deps);
}

test('a row that is refused says too that its meeting is over; a valid one is judged by the ledger', async () => {
  expect(await accepted(false)).toMatchObject([{ problems }, {}]);
  expect((await accepted(false))[1]).not.toHaveProperty('problems');
});

test('nothing is said where such meetings are allowed', async () => {
  expect((await accepted(true))[0]?.problems).toMatchObject([{ code: 'invalidIdentity' }]);
});

test('a check of rows from the page names both', async () => {
  const body = asBody({
    fileName: 'a.csv',
    header: [],
    rows: [{ row: 2, request: aRow(0, over) }],
  });
  const rows = openRows(body, undefined, new BatchHarness().deps.workbooks);
  const rule = { now: new Date('2026-11-01T00:00:00Z'), allowPast: false };
  expect(await checkRows(rows, rule)).toMatchObject([{ row: 2, problems }]);
});
