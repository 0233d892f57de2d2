import type { Problem } from '../../errors/meeting-error';
import { envelopeName, openEnvelope } from '../../requests/parse/envelopes';
import { parseJsonText } from '../../requests/parse/json-text';
import { shorten } from '../../errors/problems';
import { isRecord } from '../../requests/readers/scalar';
import { maxRowBytes, wrongBatch, type BatchBody, type InputRow } from './body';
import { withDefaults, merge, type InputObject } from './defaults';
import { JsonCursor, type Piece } from './json-cursor';

interface Parts {
  /** Offset of the list of rows, in bytes. */
  readonly rowsAt: number;
  readonly defaults: InputObject;
}

/**
 * A batch as JSON: `{ "requests": […], "defaults": {…} }`, or only the list. The body's own defaults override `under`.
 * @throws MeetingError `invalidRequest` when it is not such JSON; also while its rows are read.
 */
export function openJson(bytes: Uint8Array, under: InputObject = {}): BatchBody {
  const text = withoutByteOrderMark(bytes);
  const { rowsAt, defaults } = findParts(text);
  const allDefaults = merge(under, defaults);
  return {
    rows: () => readRows(text, rowsAt, allDefaults),
    nameOf: (target) => target,
  };
}

/** A byte order mark is not part of JSON, but editors write one. */
function withoutByteOrderMark(bytes: Uint8Array): Buffer {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf
    ? buffer.subarray(3)
    : buffer;
}

function findParts(text: Buffer): Parts {
  const cursor = new JsonCursor(text);
  if (cursor.startsArray()) {
    const { start } = cursor.value();
    cursor.expectEnd();
    return { rowsAt: start, defaults: {} };
  }
  if (!cursor.startsObject())
    throw wrongBatch('The body must be a list of requests, or an object with "requests".');
  const members = new Map<string, Piece>();
  for (const { name: piece, value } of cursor.members()) {
    const name = nameIn(text, piece);
    if (members.has(name)) throw wrongBatch(`The body has "${shorten(name)}" twice.`, name);
    members.set(name, value);
  }
  cursor.expectEnd();
  const { requests, defaults } = checkNames(members);
  return { rowsAt: requests.start, defaults: readDefaults(text, defaults) };
}

function nameIn(text: Buffer, piece: Piece): string {
  const { value } = parse(text, piece, 'name');
  return typeof value === 'string' ? value : '';
}

function checkNames(members: ReadonlyMap<string, Piece>): {
  readonly requests: Piece;
  readonly defaults: Piece | undefined;
} {
  const unknown = [...members.keys()].find((name) => name !== 'requests' && name !== 'defaults');
  if (unknown !== undefined) throw wrongBatch(whyUnknown([...members.keys()], unknown));
  const requests = members.get('requests');
  if (requests === undefined)
    throw wrongBatch('The body has no "requests".', 'requests', 'missing');
  return { requests, defaults: members.get('defaults') };
}

function whyUnknown(names: readonly string[], unknown: string): string {
  const envelope = envelopeName(Object.fromEntries(names.map((name) => [name, ''])));
  if (envelope !== undefined)
    return `This is ${envelope}. Send its content: a list of requests, or an object with "requests".`;
  if (names.includes('meeting'))
    return 'This is one request. Send it to POST /api/createMeeting, or as a list of one.';
  return `Only "requests" and "defaults" are allowed at the top level. Found: "${shorten(unknown)}".`;
}

function readDefaults(text: Buffer, piece: Piece | undefined): InputObject {
  if (piece === undefined) return {};
  const { value, problem } = parse(text, piece, 'defaults');
  if (problem !== undefined) throw wrongBatch(problem.message, 'defaults', problem.code);
  if (value === null) return {};
  if (!isRecord(value)) throw wrongBatch('"defaults" must be an object.', 'defaults', 'wrongType');
  if ('requestId' in value)
    throw wrongBatch(
      '"defaults" cannot contain an id, because each request needs a different one.',
      'defaults.requestId',
    );
  return value;
}

/** Parses the value there. A value that is refused but is JSON is a problem of its row, not of the batch. */
function parse(
  text: Buffer,
  { start, end }: Piece,
  what: string,
): { readonly value: unknown; readonly problem?: Problem } {
  const parsed = parseJsonText(text.toString('utf8', start, end));
  if (parsed.ok) return { value: parsed.value };
  const [problem] = parsed.problems;
  if (problem !== undefined && problem.code !== 'invalidJson') return { value: null, problem };
  throw wrongBatch(
    `The body is not JSON: ${what}, starting at byte ${start}, cannot be read.`,
    '$',
    'invalidJson',
  );
}

function* readRows(text: Buffer, rowsAt: number, defaults: InputObject): Generator<InputRow> {
  const cursor = new JsonCursor(text, rowsAt);
  if (!cursor.startsArray())
    throw wrongBatch('"requests" must be a list.', 'requests', 'wrongType');
  let row = 0;
  for (const piece of cursor.items()) {
    row += 1;
    yield readRow(text, piece, { row, defaults });
  }
}

function readRow(
  text: Buffer,
  piece: Piece,
  { row, defaults }: { readonly row: number; readonly defaults: InputObject },
): InputRow {
  if (piece.end - piece.start > maxRowBytes) {
    const message = `It has more than ${maxRowBytes} bytes.`;
    return { row, input: null, problems: [{ code: 'tooLong', target: '$', message }] };
  }
  const { value, problem } = parse(text, piece, `request ${row}`);
  return problem === undefined
    ? { row, input: withDefaults(openEnvelope(value), defaults) }
    : { row, input: null, problems: [problem] };
}
