import type { QueueState } from '../../../src/doctor/probes';
import type { Scheduler } from './scheduler';

export interface Message {
  readonly id: string;
  readonly queue: 'requests' | 'batches';
  readonly text: string;
  readonly poison: boolean;
  /** Its insertion time, as the host reports it. */
  readonly insertionTime: string;
  deliveries: number;
  visibleAt: number;
  taken: boolean;
}

type Sending = Partial<Pick<Message, 'queue' | 'poison'>> & { readonly delayMs?: number };

export interface DeliveryBounds {
  /** Deliveries of a message before the host moves it to the poison queue. */
  readonly deliveries: number;
  /** Maximum number of messages processed at a time. */
  readonly parallel: number;
}

/** Number of times that the host runs a dead message. */
const maxPoisonDeliveries = 5;

/**
 * Queues as the Functions host processes them: messages become visible again until they are removed, and die after some
 * deliveries.
 */
export class MessageQueues {
  readonly #scheduler: Scheduler;
  readonly #bounds: DeliveryBounds;
  readonly #messages: Message[] = [];
  #ids = 0;
  /** Whether a message has died. */
  hasDead = false;

  constructor(scheduler: Scheduler, bounds: DeliveryBounds) {
    this.#scheduler = scheduler;
    this.#bounds = bounds;
  }

  get left(): number {
    return this.#messages.length;
  }

  /** The state that the rest of the run depends on, as text. */
  get state(): string {
    const { now } = this.#scheduler;
    const messages = this.#messages.map(({ taken, visibleAt, ...message }) => ({
      ...message,
      waits: taken ? 'taken' : Math.max(visibleAt - now, 0),
    }));
    return JSON.stringify([this.hasDead, this.#ids, messages]);
  }

  /** The length of a queue, and the age of the oldest message that is not in progress. */
  look({
    queue = 'requests',
    poison = false,
  }: Partial<Pick<Message, 'queue' | 'poison'>>): QueueState {
    const there = this.#messages.filter((each) => each.queue === queue && each.poison === poison);
    const { now } = this.#scheduler;
    const ages = there
      .filter(({ taken, visibleAt }) => !taken && visibleAt <= now)
      .map(({ insertionTime }) => now - Date.parse(insertionTime));
    return { messages: there.length, ...(ages.length > 0 && { oldestMs: Math.max(...ages) }) };
  }

  send(text: string, { queue = 'requests', delayMs = 0, poison = false }: Sending = {}): void {
    const { now } = this.#scheduler;
    const insertionTime = new Date(now).toISOString();
    const id = `message-${(this.#ids += 1)}`;
    const visibleAt = this.#scheduler.tick(now + delayMs);
    const waiting = { deliveries: 0, visibleAt, taken: false };
    this.#messages.push({ id, queue, text, poison, insertionTime, ...waiting });
  }

  /** Begins to process the visible messages, each in a separate task. */
  deliver(begin: (message: Message) => void): void {
    for (const message of this.#messages) {
      if (this.#scheduler.running >= this.#bounds.parallel) return;
      if (message.taken || message.visibleAt > this.#scheduler.now || !runs(message)) continue;
      message.taken = true;
      message.deliveries += 1;
      if (!message.poison && message.deliveries > this.#bounds.deliveries) this.#bury(message);
      else begin(message);
    }
  }

  /** Advances time until a message is visible; false if there is none. */
  wait(): boolean {
    const times = this.#messages.filter(runs).map(({ visibleAt }) => visibleAt);
    if (times.length === 0) return false;
    this.#scheduler.now = Math.max(this.#scheduler.now, Math.min(...times));
    return true;
  }

  /** Advances time until a message is visible, if that is before any task continues and a worker is free. */
  showNext(): boolean {
    const { now, running, nextAt } = this.#scheduler;
    const waiting = this.#messages.filter((message) => !message.taken && runs(message));
    const visibleAt = Math.min(...waiting.map((message) => message.visibleAt));
    const isFree = running > 0 && running < this.#bounds.parallel && visibleAt > now;
    if (!isFree || visibleAt >= nextAt) return false;
    this.#scheduler.now = visibleAt;
    return true;
  }

  remove(message: Message): void {
    const index = this.#messages.indexOf(message);
    if (index >= 0) this.#messages.splice(index, 1);
  }

  /** Time at which it becomes visible again. */
  release(message: Message, delayMs: number): void {
    message.taken = false;
    message.visibleAt = this.#scheduler.tick(this.#scheduler.now + delayMs);
  }

  #bury(message: Message): void {
    this.hasDead = true;
    this.remove(message);
    this.send(message.text, { queue: message.queue, poison: true });
  }
}

const runs = ({ poison, deliveries }: Message): boolean =>
  !poison || deliveries < maxPoisonDeliveries;
