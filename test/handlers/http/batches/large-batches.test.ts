import { HttpRequest, InvocationContext, type HttpResponseInit } from '@azure/functions';
import { makeSubmitBatchHandler } from '../../../../src/handlers/http/batches/batches';
import { answering } from '../../../../src/handlers/invocation';
import { BatchHarness } from '../../../support/harness/batch-harness';
import { row, text, workbookOf } from '../../../support/workbook/workbook-parts';

const megabyte = 1024 * 1024;
const ofMegabytes = (count: number): string => `[${' '.repeat(count * megabyte - 2)}]`;

/** The answer to a caller while the instance has this much free memory, in MiB. */
async function answerTo(body: string | Uint8Array, free: number): Promise<HttpResponseInit> {
  const harness = new BatchHarness();
  harness.freeMemory = free * megabyte;
  const request = new HttpRequest({
    method: 'POST',
    url: 'https://convoke.example/api/batches',
    body: { bytes: Buffer.from(body) },
  });
  const context = new InvocationContext({ invocationId: 'invocation-1' });
  return answering(makeSubmitBatchHandler(harness.deps), harness.deps)(request, context);
}

describe('a list that does not fit into the memory of the instance', () => {
  test.each([
    [3, 49],
    [2, 43],
    [2, 0],
  ])('%i MiB are refused with %i MiB free, and the answer says what to do', async (size, free) => {
    expect(await answerTo(ofMegabytes(size), free)).toMatchObject({
      status: 413,
      jsonBody: {
        error: {
          code: 'requestTooLarge',
          innerError: {
            remedy:
              'Send the list as several batches, or ask the operator for instances with more memory.',
          },
        },
      },
    });
  });

  // An empty list is refused too, but not because of its size.
  test.each([
    [3, 50],
    [1, 0],
  ])('%i MiB are read with %i MiB free', async (size, free) => {
    expect(await answerTo(ofMegabytes(size), free)).toMatchObject({ status: 400 });
  });

  test('a workbook that inflates to more is refused, and the answer says why', async () => {
    const sheet = { name: 'S', rows: row(['requestId', 'x'.repeat(2 * megabyte)].map(text)) };
    expect(await answerTo(workbookOf({ sheets: [sheet] }), 8)).toMatchObject({
      status: 413,
      jsonBody: {
        error: {
          code: 'requestTooLarge',
          message: expect.stringContaining('The workbook is too large'),
        },
      },
    });
  });
});
