import { onSharedAzurite } from '../shared-azurite/account';
import { testSettings } from './stack-harness';
import { eventually } from './eventually';
import { TableServiceClient } from '@azure/data-tables';
import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import type { FunctionsHostProcess } from '../../../local/functions-host-process';
import { Stack } from '../../../local/stack';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { AppVariant } from '../../../trial/variants/app-variant';
import { shortLeases } from '../../../trial/variants/short-times';
import { StorageProxy, type Phase, type StorageCall } from '../../../trial/storage/storage-proxy';

/** A place where an instance of the app is to be stopped. */
export type Place = (call: StorageCall, phase: Phase) => boolean;

/** Instances of the app on one storage account, which can be stopped and killed at a chosen storage call. */
export class CrashHarness {
  readonly #variant = new AppVariant([shortLeases]);
  readonly #stack: Stack;
  readonly #proxy: StorageProxy;
  readonly #graphTimeoutSeconds: number;
  readonly #results: MeetingResult[] = [];
  #places: { readonly place: Place; readonly reach: () => void }[] = [];

  private constructor(stack: Stack, proxy: StorageProxy, graphTimeoutSeconds: number) {
    this.#stack = stack;
    this.#proxy = proxy;
    this.#graphTimeoutSeconds = graphTimeoutSeconds;
    proxy.interfere = (call, phase) => this.#holdAt(call, phase);
  }

  /** With a longer time limit of Graph, requests of a killed instance are taken over later. */
  static use({ graphTimeoutSeconds }: { readonly graphTimeoutSeconds: number }): {
    readonly harness: CrashHarness;
  } {
    let harness: CrashHarness | undefined;
    beforeAll(async () => {
      const stack = await Stack.startWithoutHost({
        ...onSharedAzurite(),
        settings: testSettings,
      });
      await makeTable(stack.storage.connectionString);
      const proxy = await StorageProxy.start(stack.storage);
      harness = new CrashHarness(stack, proxy, graphTimeoutSeconds);
    }, 60_000);
    afterAll(() => harness?.close());
    return {
      get harness(): CrashHarness {
        if (harness === undefined) throw new Error('The harness is there only while tests run.');
        return harness;
      },
    };
  }

  get graph(): Stack['graph'] {
    return this.#stack.graph;
  }

  addHost(): Promise<FunctionsHostProcess> {
    return this.#stack.addHost({
      appFolder: this.#variant.folder,
      leaseSeconds: 2,
      environment: {
        AzureWebJobsStorage: this.#proxy.connectionString,
        GRAPH_TIMEOUT_SECONDS: String(this.#graphTimeoutSeconds),
      },
    });
  }

  /** The first call at this place waits until its host is dead; resolves when it waits. */
  stopAt(place: Place): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#places.push({ place, reach: resolve });
    return promise;
  }

  #holdAt(call: StorageCall, phase: Phase): 'pass' | Promise<'break'> {
    const found = this.#places.find(({ place }) => place(call, phase));
    if (found === undefined) return 'pass';
    this.#places = this.#places.filter((other) => other !== found);
    found.reach();
    return new Promise(() => undefined);
  }

  queue(name: string): QueueClient {
    const { connectionString } = this.#stack.storage;
    return QueueServiceClient.fromConnectionString(connectionString).getQueueClient(name);
  }

  /** Resolves with the id of the message. */
  async send(message: unknown, queueName = 'meeting-requests'): Promise<string> {
    const queue = this.queue(queueName);
    await queue.createIfNotExists();
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    return (await queue.sendMessage(text)).messageId;
  }

  /** The results of a request, once there is one. */
  async resultsOf(requestId: string): Promise<readonly MeetingResult[]> {
    const ask = async (): Promise<readonly MeetingResult[] | undefined> => {
      await this.#drain();
      const found = this.#results.filter((result) => result.requestId === requestId);
      return found.length > 0 ? found : undefined;
    };
    return eventually(`a result of ${requestId}`, ask, { withinMs: 30_000 });
  }

  async resultOf(requestId: string): Promise<MeetingResult> {
    const [first] = await this.resultsOf(requestId);
    if (first === undefined) throw new Error(`There is no result of ${requestId}.`);
    return first;
  }

  /** Resolves when the queue has no messages, visible or hidden. */
  async emptied(queueName: string): Promise<void> {
    const isEmpty = async (): Promise<boolean> => (await this.countIn(queueName)) === 0;
    await eventually(`${queueName} is empty`, isEmpty, { withinMs: 30_000 });
  }

  async countIn(queueName: string): Promise<number> {
    const { approximateMessagesCount } = await this.queue(queueName).getProperties();
    return approximateMessagesCount ?? 0;
  }

  meetingsOf(subject: string): readonly string[] {
    return this.graph.meetings
      .list()
      .filter(({ meeting }) => meeting.subject === subject)
      .map(({ meeting }) => meeting.id);
  }

  async #drain(): Promise<void> {
    const queue = this.queue('meeting-results');
    await queue.createIfNotExists();
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
    for (const { messageId, popReceipt, messageText } of receivedMessageItems) {
      this.#results.push(JSON.parse(messageText) as MeetingResult);
      await queue.deleteMessage(messageId, popReceipt);
    }
  }

  async close(): Promise<void> {
    await this.#stack.close();
    await this.#proxy.close();
    this.#variant.remove();
  }
}

/** Creates the table first: otherwise a place could mean the call that finds it missing. */
const makeTable = (connectionString: string): Promise<void> =>
  TableServiceClient.fromConnectionString(connectionString, {
    allowInsecureConnection: true,
  }).createTable('MeetingRequests');
