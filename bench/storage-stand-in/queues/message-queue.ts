import { StorageFault } from '../protocol';

/** Times in milliseconds since 1970. */
export interface Message {
  readonly id: string;
  readonly insertedAt: number;
  readonly expiresAt: number;
  visibleAt: number;
  dequeueCount: number;
  popReceipt: string;
  /** As it stands in XML: it is neither read nor changed here. */
  xmlText: string;
}

interface NewMessage {
  readonly xmlText: string;
  readonly visibilitySeconds: number;
  /** -1: it never expires. */
  readonly ttlSeconds: number;
}

const never = Date.UTC(9999, 11, 31, 23, 59, 59);
let last = 0;

/** Never the same again, and the same length as those of Azure. */
const newId = (): string => `00000000-0000-4000-8000-${String((last += 1)).padStart(12, '0')}`;

/** The messages of one queue, the oldest first. Expired ones stay: no message here lives as long. */
export class MessageQueue {
  readonly #messages = new Map<string, Message>();

  get length(): number {
    return this.#messages.size;
  }

  put({ xmlText, visibilitySeconds, ttlSeconds }: NewMessage): Message {
    const now = Date.now();
    const message = {
      id: newId(),
      insertedAt: now,
      expiresAt: ttlSeconds < 0 ? never : now + ttlSeconds * 1000,
      visibleAt: now + visibilitySeconds * 1000,
      dequeueCount: 0,
      popReceipt: newId(),
      xmlText,
    };
    this.#messages.set(message.id, message);
    return message;
  }

  take(count: number, visibilitySeconds: number): readonly Message[] {
    const visibleAt = Date.now() + visibilitySeconds * 1000;
    const taken = this.peek(count);
    for (const message of taken) {
      message.visibleAt = visibleAt;
      message.dequeueCount += 1;
      message.popReceipt = newId();
    }
    return taken;
  }

  /** Those that are visible. */
  peek(count: number): readonly Message[] {
    const now = Date.now();
    const found: Message[] = [];
    for (const message of this.#messages.values()) {
      if (found.length === count) break;
      if (message.visibleAt <= now) found.push(message);
    }
    return found;
  }

  /** @throws StorageFault when there is no such message, or somebody else has it */
  find(id: string, popReceipt: string | null): Message {
    const message = this.#messages.get(id);
    if (message === undefined) throw new StorageFault(404, 'MessageNotFound');
    if (message.popReceipt !== popReceipt) throw new StorageFault(400, 'PopReceiptMismatch');
    return message;
  }

  /** Without a text, the old one stays. */
  update(message: Message, visibilitySeconds: number, xmlText?: string): void {
    message.visibleAt = Date.now() + visibilitySeconds * 1000;
    message.popReceipt = newId();
    if (xmlText !== undefined) message.xmlText = xmlText;
  }

  remove({ id }: Message): void {
    this.#messages.delete(id);
  }

  clear(): void {
    this.#messages.clear();
  }
}
