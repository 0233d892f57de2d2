import type { QueueState } from '../../../src/doctor/probes';
import type { Scheduler } from './scheduler';

export interface Message {
  readonly id: string;
  readonly queue: 'requests' | 'batches';
  readonly text: string;
  readonly poison: boolean;
  /** When it was put on its queue, as the host says it. */
  readonly insertionTime: string;
  deliveries: number;
  visibleAt: number;
  taken: boolean;
}

type Sending = Partial<Pick<Message, 'queue' | 'poison'>> & { readonly delayMs?: number };

export interface DeliveryBounds {
  /** Deliveries of a message before the host moves it to the poison queue. */
  readonly deliveries: number;
  /** Messages that are worked on at a time. */
  readonly parallel: number;
}

/** The host runs a dead message so often, and then never again. */
const maxPoisonDeliveries = 5;

/** Queues as the Functions host works on them: messages come back until they are removed, and die after some deliveries. */
export class MessageQueues {
  readonly #scheduler: Scheduler;
  readonly #bounds: DeliveryBounds;
  readonly #messages: Message[] = [];
  #ids = 0;
  /** A message has died. */
  hasDead = false;

  constructor(scheduler: Scheduler, bounds: DeliveryBounds) {
    this.#scheduler = scheduler;
    this.#bounds = bounds;
  }

  get left(): number {
    return this.#messages.length;
  }

  /** What the rest of the run depends on, as text. */
  get state(): string {
    const { now } = this.#scheduler;
    const messages = this.#messages.map(({ taken, visibleAt, ...message }) => ({
      ...message,
      waits: taken ? 'taken' : Math.max(visibleAt - now, 0),
    }));
    return JSON.stringify([this.hasDead, this.#ids, messages]);
  }

  /** What a look at a queue shows: its messages, and the age of the oldest one that is not being worked on. */
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

  /** Begins to work on the messages that can be seen, each in a task of its own. */
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

  /** Lets time pass until a message can be seen; false when there is none. */
  wait(): boolean {
    const times = this.#messages.filter(runs).map(({ visibleAt }) => visibleAt);
    if (times.length === 0) return false;
    this.#scheduler.now = Math.max(this.#scheduler.now, Math.min(...times));
    return true;
  }

  /** Lets time pass until a message can be seen, if that comes before any task goes on and somebody is free to take it. */
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

  /** Somebody may have it again after this time. */
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
