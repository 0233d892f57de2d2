import type { Problem } from '../../errors/meeting-error';
import { wholeRequest, type ProblemCode } from '../../errors/problems';

export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What `str()` makes of bytes in Python. */
export const pythonBytes = /^b(['"]).*\1$/s;

/** No valid request is deeper than ten; what is deeper than this was made to break something. */
const maxNesting = 64;

/** JSON as it comes over the wire, with or without a byte order mark. Says where a text is broken, not what it says. */
export function parseJsonText(text: string): JsonResult {
  const trimmed = text.trim();
  if (pythonBytes.test(trimmed))
    return failure('invalidJson', 'The text is that of Python bytes: call decode(), not str().');
  if (trimmed === '') return failure('invalidJson', 'The text is empty.');
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch (thrown) {
    return failure('invalidJson', whereBroken(thrown));
  }
  return isDeeperThan(value, maxNesting)
    ? failure('tooDeep', `Objects and lists are nested more than ${maxNesting} levels deep.`)
    : { ok: true, value };
}

/** Goes no deeper than `levels`, so that what this is here to find cannot exhaust the stack. */
export const isDeeperThan = (value: unknown, levels: number): boolean =>
  isContainer(value) &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1)));

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

const failure = (code: ProblemCode, message: string): JsonResult => ({
  ok: false,
  problems: [{ code, target: wholeRequest, message }],
});

/** V8 says in English where it stopped, often with a piece of the text, which does not belong into a message. */
function whereBroken(thrown: unknown): string {
  const words = thrown instanceof Error ? thrown.message : '';
  const [, line, column] = /line (\d+) column (\d+)/.exec(words) ?? [];
  if (line !== undefined) return `The text is not JSON: error at line ${line}, column ${column}.`;
  return words.includes('end of JSON input')
    ? 'The text is not JSON: it ends too early.'
    : 'The text is not JSON.';
}
