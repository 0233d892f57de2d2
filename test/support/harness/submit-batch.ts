import { randomUUID } from 'node:crypto';
import { eventually } from './eventually';

/** Sends a batch to this address, again while storage does not respond in time, like flows. */
export function submitBatch(
  address: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const key = randomUUID();
  const submit = async (): Promise<Response | undefined> => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': key },
      body,
    });
    return response.status === 503 ? undefined : response;
  };
  return eventually('an answer to the batch', submit, { withinMs: 60_000 });
}
