import type { DequeuedMessageItem } from '@azure/storage-queue';
import type { QueueSettings } from '../host-settings';
import type { TypedData } from '../worker/rpc';

type Encoding = QueueSettings['messageEncoding'];

const base64 = /^(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?$/i;

/** The bytes of a message; undefined if it is not valid base64 although required. */
export function decodeMessage(text: string, encoding: Encoding): Buffer | undefined {
  if (encoding === 'none') return Buffer.from(text, 'utf8');
  const compact = text.replace(/[ \t\r\n]/g, '');
  return base64.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}

/** Returns the text of a message with this body, as host.json says it is encoded. */
export function encodeMessage(body: Uint8Array | string, encoding: Encoding): string {
  return Buffer.from(body).toString(encoding === 'base64' ? 'base64' : 'utf8');
}

/** The trigger's data. Throws for text that is not UTF-8, because the real binding fails too. */
export function toTriggerInput(body: Buffer, binary: boolean): TypedData {
  if (binary) return { bytes: body };
  return { string: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body) };
}

/**
 * Trigger metadata of a message. Like the real host, merges the top-level properties of a JSON object in the message
 * into it; they replace built-in entries of the same name, ignoring case.
 */
export function toTriggerMetadata(
  message: DequeuedMessageItem,
  input: TypedData,
): Record<string, TypedData> {
  const metadata: Record<string, TypedData> = {
    // Present even for functions that take bytes; the library parses it as JSON if possible.
    QueueTrigger: { string: input.string ?? Buffer.from(input.bytes ?? []).toString() },
    DequeueCount: { int: message.dequeueCount },
    Id: quoted(message.messageId),
    PopReceipt: quoted(message.popReceipt),
    InsertionTime: quoted(toTimestamp(message.insertedOn)),
    ExpirationTime: quoted(toTimestamp(message.expiresOn)),
    NextVisibleTime: quoted(toTimestamp(message.nextVisibleOn)),
  };
  mergeProperties(metadata, input.string);
  return metadata;
}

/** Encodes as JSON, because the library first tries to parse strings as JSON, and each failure costs an exception. */
function quoted(text: string): TypedData {
  return { json: JSON.stringify(text) };
}

function mergeProperties(metadata: Record<string, TypedData>, text: string | undefined): void {
  const keys = new Map(Object.keys(metadata).map((key) => [key.toLowerCase(), key]));
  for (const [name, value] of Object.entries(parseObject(text))) {
    const data = toMetadataValue(value);
    if (data === undefined) continue;
    const key = keys.get(name.toLowerCase()) ?? name;
    keys.set(key.toLowerCase(), key);
    metadata[key] = data;
  }
}

function parseObject(text: string | undefined): object {
  if (text === undefined || !text.trimStart().startsWith('{')) return {};
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** A property value as .NET prints it: `True`, `1.5`, `12/31/2025 22:00:00`; no arrays, no nulls. */
function toMetadataValue(value: unknown): TypedData | undefined {
  if (value === null || Array.isArray(value)) return undefined;
  if (typeof value === 'object') return { json: JSON.stringify(value) };
  if (typeof value === 'boolean') return { string: value ? 'True' : 'False' };
  return { string: typeof value === 'string' ? printDates(value) : JSON.stringify(value) };
}

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** An ISO date in a string becomes a .NET date, printed in the host's time: UTC. */
function printDates(text: string): string {
  const [, , zone] = isoDate.exec(text) ?? [];
  const date = new Date(zone === undefined ? `${text}Z` : text);
  if (!isoDate.test(text) || Number.isNaN(date.getTime())) return text;
  const [, year, month, day, time] =
    /^(\d+)-(\d\d)-(\d\d)T([\d:]{8})/.exec(date.toISOString()) ?? [];
  return `${month}/${day}/${year} ${time}`;
}

function toTimestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, '+00:00');
}
