import type { StorageAccount } from '../../../local/storage';
import { StorageProxy, type StorageCall } from '../../../trial/storage/storage-proxy';

const timers = ['measureQueues', 'resumeStalledBatches', 'cleanUp'];

/** Counts calls in front of a storage account. */
export class CountedStorage {
  readonly #proxy: StorageProxy;
  #calls: StorageCall[] = [];
  /** Writes of the list of requests by day so far, while somebody looked. */
  listings = 0;

  private constructor(proxy: StorageProxy) {
    this.#proxy = proxy;
    proxy.interfere = (call, phase) => {
      if (phase === 'before') this.#calls.push(call);
      return 'pass';
    };
  }

  static async start(account: StorageAccount): Promise<CountedStorage> {
    return new CountedStorage(await StorageProxy.start(account));
  }

  /** Settings of an app on it, without timers, whose calls belong to no meeting. */
  get settings(): Readonly<Record<string, string>> {
    return {
      AzureWebJobsStorage: this.#proxy.connectionString,
      ...Object.fromEntries(timers.map((name) => [`AzureWebJobs.${name}.Disabled`, 'true'])),
    };
  }

  /** The calls during some work, without those that happen anyway. */
  async during(work: () => Promise<void>): Promise<readonly StorageCall[]> {
    this.#calls = [];
    await work();
    const calls = this.#calls;
    this.listings += calls.filter(isListing).length;
    return calls.filter((call) => !isOfHost(call) && !isSending(call) && !isListing(call));
  }

  close(): Promise<void> {
    return this.#proxy.close();
  }
}

/** The host's own: polling, taking, renewing and deleting messages. */
const isOfHost = ({ service, method, path }: StorageCall): boolean =>
  service === 'queue' &&
  path.includes('/messages') &&
  method !== 'POST' &&
  !path.startsWith('/meeting-results');

/** A write of the list of requests by day, while Graph is called. Requests that come at once share it. */
const isListing = ({ service, method, path, body }: StorageCall): boolean =>
  service === 'table' && method === 'POST' && path === '/MeetingRequests' && body.includes('"day ');

/** Putting a batch's rows on the queue, as a sender would do with single messages. */
const isSending = ({ service, method, path }: StorageCall): boolean =>
  service === 'queue' && method === 'POST' && path.startsWith('/meeting-requests/');
