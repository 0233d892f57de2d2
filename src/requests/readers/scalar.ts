import { maxTextLength } from '../limits';
import { describeValue, type Problems } from '../../errors/problems';
import type { TimeResult } from '../time/time';

/** The shared state of all readers of one request. */
export interface Reading {
  readonly problems: Problems;
  /** The parser of times for this endpoint. */
  readonly parseTime: (value: unknown) => TimeResult;
  /** The body is meant for Graph: properties that Graph ignores are dropped silently. */
  readonly forGraph: boolean;
  /** Keep empty lists, because they clear a property of the meeting. */
  readonly keepsEmptyLists?: true;
}

/**
 * Converts a given value to its strict form. Undefined if it is absent, or if it is wrong and its problems were added.
 * `target` is its JSON path.
 */
export type Reader<T = unknown> = (
  value: unknown,
  target: string,
  reading: Reading,
) => T | undefined;

/** Makers send "" and null for empty cells. */
export const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Whether the value is a JSON object: neither null nor a list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a text is Python's `str()` of bytes: `b'…'`. */
export const isPythonBytes = (text: string): boolean => /^b(['"]).*\1$/s.test(text.trim());

const nothing = new Set<unknown>([false, 0, 'false', 'no', '0']);

/** Whether the value is absent, false or empty, so that it asks for nothing. */
export const asksForNothing = (value: unknown): boolean =>
  isAbsent(value) ||
  nothing.has(typeof value === 'string' ? value.trim().toLowerCase() : value) ||
  (typeof value === 'object' && Object.values(value ?? {}).every(asksForNothing));

/** Reads a time with the parser of the endpoint, and returns it in UTC. Problems: those of the parser. */
export const readTime: Reader<string> = (value, target, { problems, parseTime }) => {
  if (isAbsent(value)) return undefined;
  const result = parseTime(value);
  return result.ok ? result.time : problems.add(result.code, target, result.message);
};

/**
 * Reads a text unchanged. Problems: `wrongType`, `tooLong` over `maxTextLength`, and `invalidCharacters` for NUL, half of
 * a surrogate pair, or Python's `str()` of bytes.
 */
export const readText: Reader<string> = (value, target, { problems, forGraph }) => {
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string') {
    return problems.add('wrongType', target, `Expected text, got ${describeValue(value)}.`);
  }
  if (value.length > maxTextLength) {
    const message = `The text has ${value.length} characters. The maximum is ${maxTextLength}.`;
    return problems.add('tooLong', target, message);
  }
  if (value.includes('\0') || !value.isWellFormed()) {
    return problems.add(
      'invalidCharacters',
      target,
      'The text contains a NUL character or half of a surrogate pair.',
    );
  }
  if (!forGraph && isPythonBytes(value)) {
    const message = `${describeValue(value)} is the str() of Python bytes. Call decode() instead.`;
    return problems.add('invalidCharacters', target, message);
  }
  return value;
};

const booleans = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['true', true],
  ['yes', true],
  ['1', true],
  [false, false],
  [0, false],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/** Reads true and false, also as yes and no, 1 and 0, and as text. Problem: `wrongType`. */
export const readBoolean: Reader<boolean> = (value, target, { problems }) => {
  if (isAbsent(value)) return undefined;
  const found = booleans.get(typeof value === 'string' ? value.trim().toLowerCase() : value);
  if (found !== undefined) return found;
  return problems.add('wrongType', target, `Expected true or false, got ${describeValue(value)}.`);
};

const reasons = new Map([
  ['unknownfuturevalue', 'Graph returns it in place of newer values, and you cannot send it. '],
  ['producer', 'Producers belong to live events. '],
]);

/** A reader of one of these values, ignoring case; `otherWords` are synonyms of values. */
export function choiceReader(
  values: readonly string[],
  otherWords: ReadonlyMap<string, string> = new Map(),
): Reader<string> {
  const byLowerCase = new Map([
    ...otherWords,
    ...values.map((value) => [value.toLowerCase(), value] as const),
  ]);
  return (value, target, { problems }) => {
    if (isAbsent(value)) return undefined;
    const key = typeof value === 'string' ? value.trim().toLowerCase() : '';
    const found = byLowerCase.get(key);
    if (found !== undefined) return found;
    const why = `${reasons.get(key) ?? ''}Allowed values: ${values.join(', ')}.`;
    const code = typeof value === 'string' ? 'unknownValue' : 'wrongType';
    return problems.add(
      code,
      target,
      `${describeValue(value)} is not a valid value for this property. ${why}`,
    );
  };
}
