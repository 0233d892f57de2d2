import { HttpRequest, InvocationContext } from '@azure/functions';
import {
  makeCancelBatchHandler,
  makeGetBatchHandler,
} from '../../../../src/handlers/http/batches/batches';
import { accepted, someRows } from '../../../support/harness/batch-harness';

const context = new InvocationContext({ invocationId: 'invocation-1' });
const requestTo = (params: Record<string, string>): HttpRequest =>
  new HttpRequest({ method: 'GET', url: 'https://convoke.example/api/batches/x', params });

test('a caller who cancels a batch polls it without a key, like flows; a repetition keeps the first address valid', async () => {
  const harness = await accepted(someRows(2));
  const { batchId } = harness.batch;
  const cancel = makeCancelBatchHandler(harness.deps);
  const locations: string[] = [];
  for (let time = 0; time < 2; time += 1) {
    const { headers } = await cancel(requestTo({ batchId }), context);
    locations.push((headers as Readonly<Record<string, string>>)['Location'] ?? '');
  }
  const prefix = `https://convoke.example/api/batches/${batchId}/status/`;
  expect(locations).toEqual([`${prefix}token-3`, `${prefix}token-4`]);
  for (const token of ['token-1', 'token-3', 'token-4']) {
    const get = makeGetBatchHandler(harness.deps, 'token');
    expect(await get(requestTo({ batchId, token }), context)).toMatchObject({
      status: 202,
      jsonBody: { state: 'cancelling' },
    });
  }
});
