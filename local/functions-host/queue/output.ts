import { readOption, resolveSettings, type AppFunction, type Env } from '../app-functions';
import type { QueueSettings } from '../host-settings';
import { encodeMessage } from './message';
import { sendCreating } from './processor';
import type { Binding, InvocationResponse, TypedData } from '../worker/rpc';
import type { OpenQueue } from './open-queue';

interface QueueOutputDeps {
  readonly openQueue: OpenQueue;
  readonly encoding: QueueSettings['messageEncoding'];
  readonly env: Env;
  /** Called after a message was written to a queue. */
  readonly onWritten: (queueName: string) => void;
}

/** Writes the queue outputs of a function. */
export class QueueOutput {
  readonly #deps: QueueOutputDeps;

  constructor(deps: QueueOutputDeps) {
    this.#deps = deps;
  }

  async write(fn: AppFunction, response: InvocationResponse): Promise<void> {
    const { bindings } = fn.metadata;
    const named = [...response.outputData, { name: '$return', data: response.returnValue }];
    for (const { name, data } of named) {
      const binding = bindings[name];
      if (data && binding?.type?.toLowerCase() === 'queue') await this.#send(binding, data);
    }
  }

  async #send(binding: Binding, data: TypedData): Promise<void> {
    const { openQueue, encoding, env, onWritten } = this.#deps;
    const queueName = resolveSettings(readOption(binding, 'queueName'), env).toLowerCase();
    const queue = openQueue(readOption(binding, 'connection'), queueName);
    for (const body of toBodies(data)) await sendCreating(queue, encodeMessage(body, encoding));
    onWritten(queueName);
  }
}

/** An array becomes one message for each element; an object becomes its JSON. */
function toBodies(data: TypedData): readonly (Uint8Array | string)[] {
  if (data.bytes !== undefined) return [data.bytes];
  if (data.json === undefined) return [data.string ?? String(data.int ?? data.double)];
  const value: unknown = JSON.parse(data.json);
  if (!Array.isArray(value)) return [data.json];
  return value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}
