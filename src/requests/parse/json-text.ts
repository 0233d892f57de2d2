import type { Problem } from '../../errors/meeting-error';
import { isPythonBytes } from '../readers/scalar';
import { shorten, wholeRequest, type ProblemCode } from '../../errors/problems';

/** A parsed text, or why it cannot be parsed. A value may be null. */
type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Maximum nesting of a body; valid requests have at most ten levels. */
const maxNesting = 64;

/**
 * Parses JSON, with or without a byte order mark. Refuses an object with two values for one name, of which JSON.parse
 * would drop the first. Problems name the position of an error and never quote a value.
 */
export function parseJsonText(text: string): JsonResult {
  const trimmed = text.trim();
  if (isPythonBytes(trimmed))
    return failure('invalidJson', 'The text is the str() of Python bytes. Call decode() instead.');
  if (trimmed === '') return failure('invalidJson', 'The text is empty.');
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch (thrown) {
    return failure('invalidJson', whereBroken(thrown));
  }
  if (isDeeperThan(value, maxNesting))
    return failure('tooDeep', `Objects and lists are nested more than ${maxNesting} levels deep.`);
  const repeated = repeatedName(trimmed);
  return repeated === undefined
    ? { ok: true, value }
    : failure('conflicting', `The name "${shorten(repeated)}" occurs twice in one object.`);
}

/** A name that an object in valid JSON has twice. No pattern for whole strings: a long one would exhaust the stack. */
function repeatedName(text: string): string | undefined {
  const objects: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') objects.push(new Set());
    if (text[at] === '}') objects.pop();
    if (text[at] !== '"') continue;
    const start = at;
    at = endOfString(text, start);
    if (!isBeforeColon(text, at)) continue;
    const name = String(JSON.parse(text.slice(start, at + 1)));
    if (objects.at(-1)?.has(name) === true) return name;
    objects.at(-1)?.add(name);
  }
  return undefined;
}

/** The place of the quotation mark that ends the string, of which `start` is the first. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

function isBeforeColon(text: string, at: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = at + 1;
  return colon.test(text);
}

/** Recurses no deeper than `levels`, so that a deep value cannot exhaust the stack. */
export const isDeeperThan = (value: unknown, levels: number): boolean =>
  isContainer(value) &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1)));

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

const failure = (code: ProblemCode, message: string): JsonResult => ({
  ok: false,
  problems: [{ code, target: wholeRequest, message }],
});

/** Takes only the position from V8's message, which often quotes the text. */
function whereBroken(thrown: unknown): string {
  const words = thrown instanceof Error ? thrown.message : '';
  const [, line, column] = /line (\d+) column (\d+)/.exec(words) ?? [];
  if (line !== undefined) return `The text is not JSON: error at line ${line}, column ${column}.`;
  return words.includes('end of JSON input')
    ? 'The text is not JSON: it ends too early.'
    : 'The text is not JSON.';
}
