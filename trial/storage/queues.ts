import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';

const workQueues = ['meeting-requests', 'meeting-batches', 'meeting-results'] as const;
const poisonQueues = ['meeting-requests-poison', 'meeting-batches-poison'] as const;

/** Numbers of messages at the end: on the poison queues, and on the others. */
export interface MessagesLeft {
  readonly poisonLeft: number;
  readonly messagesLeft: number;
}

/** The queues of the app. */
export class Queues {
  readonly #service: QueueServiceClient;

  constructor(connectionString: string) {
    this.#service = QueueServiceClient.fromConnectionString(connectionString, {
      retryOptions: { maxTries: 10, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 },
    });
  }

  client(name: string): QueueClient {
    return this.#service.getQueueClient(name);
  }

  async create(): Promise<void> {
    const names = [...workQueues, ...poisonQueues];
    await Promise.all(names.map((name) => this.client(name).createIfNotExists()));
  }

  async left(): Promise<MessagesLeft> {
    const count = async (name: string): Promise<number> =>
      (await this.client(name).getProperties()).approximateMessagesCount ?? 0;
    const sum = async (names: readonly string[]): Promise<number> =>
      (await Promise.all(names.map(count))).reduce((total, left) => total + left, 0);
    return { poisonLeft: await sum(poisonQueues), messagesLeft: await sum(workQueues) };
  }

  /** Also false if storage does not answer. */
  async areEmpty(): Promise<boolean> {
    try {
      const { poisonLeft, messagesLeft } = await this.left();
      return poisonLeft + messagesLeft === 0;
    } catch {
      return false;
    }
  }
}
