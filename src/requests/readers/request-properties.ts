import {
  maxExternalIdLength,
  maxLanguageLength,
  maxPoolNameLength,
  maxRequestIdLength,
} from '../limits';
import { describeValue } from '../../errors/problems';
import { isExcelError } from './excel-error';
import { isAbsent, readText, type Reader, type Reading } from './scalar';
import { readNumber } from '../time/excel-serial';
import { findTimeZone, nearestTimeZone, type TimeZone } from '../time/time-zones';

/** Kept exactly as sent, because the sender finds its result by it. May be a number, such as a row number. */
export const readRequestId: Reader<string> = (value, target, reading) => {
  const text = readText(Number.isSafeInteger(value) ? String(value) : value, target, reading);
  if (text === undefined) return undefined;
  if (text.length > maxRequestIdLength)
    return tooLong(text, target, { max: maxRequestIdLength, reading });
  if (!/\p{Cc}/u.test(text)) return text;
  return reading.problems.add('invalidCharacters', target, 'It contains control characters.');
};

/** The pool name as given; whether the pool exists is checked later. */
export const readOrganizerPool: Reader<string> = (value, target, reading) => {
  const text = readText(value, target, reading)?.trim();
  if (text === undefined || text.length <= maxPoolNameLength) return text;
  return tooLong(text, target, { max: maxPoolNameLength, reading });
};

/** Reads a revision: a whole number that tables and JSON store exactly. */
export const readRevision: Reader<number> = (value, target, { problems }) => {
  if (isAbsent(value)) return undefined;
  const number = readNumber(value);
  if (number !== undefined && Number.isSafeInteger(number) && number >= 0) return number;
  const message = `Expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, got ${describeValue(value)}.`;
  return problems.add('outOfRange', target, message);
};

/** Accept-Language: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4 */
const languageRange =
  /^\s*(?:\*|[a-z]{1,8}(?:-[a-z\d]{1,8})*)\s*(?:;\s*q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i;

/** Reads a value of Accept-Language. Problems: `invalidLanguage`, and `tooLong` over `maxLanguageLength`. */
export const readLanguage: Reader<string> = (value, target, reading) => {
  const text = readText(value, target, reading)?.trim();
  if (text === undefined) return undefined;
  if (text.length > maxLanguageLength)
    return tooLong(text, target, { max: maxLanguageLength, reading });
  if (text.split(',').every((range) => languageRange.test(range))) return text;
  const message = `${describeValue(text)} is not a language such as pt-BR, or a list such as "de-AT, de;q=0.8".`;
  return reading.problems.add('invalidLanguage', target, message);
};

/** Outlook's name for a custom time zone of one meeting; its rules are not in the name. */
const customZone = /^tzone:\/\/microsoft\/custom$/i;

/**
 * Reads the time zone of local times; undefined if absent. If it does not exist, times are checked as in UTC, so that
 * their other problems are reported too.
 */
export const readTimeZone: Reader<TimeZone> = (value, target, reading) => {
  if (isAbsent(value)) return undefined;
  const name = isExcelError(value) ? undefined : readText(value, target, reading);
  const zone = name === undefined ? undefined : findTimeZone(name);
  if (name !== undefined && zone === undefined)
    reading.problems.add(
      'unknownTimeZone',
      target,
      `${describeValue(name)} is not a time zone. ${hintFor(name)}`,
    );
  return zone ?? findTimeZone('UTC');
};

function hintFor(name: string): string {
  if (customZone.test(name.trim()))
    return 'It is a custom time zone. Use a name such as Europe/Lisbon.';
  const nearest = nearestTimeZone(name.trim());
  return nearest === undefined
    ? 'Use a name such as Europe/Lisbon or W. Europe Standard Time.'
    : `Did you mean ${nearest}?`;
}

/** Graph documents neither length nor alphabet; allows what all of its stores accept. */
export const readExternalId: Reader<string> = (value, target, reading) => {
  const text = readText(value, target, reading);
  if (text === undefined) return undefined;
  if (text.length > maxExternalIdLength)
    return tooLong(text, target, { max: maxExternalIdLength, reading });
  if (/^[\x20-\x7e]+$/.test(text)) return text;
  return reading.problems.add(
    'invalidCharacters',
    target,
    'Only printable ASCII characters are allowed.',
  );
};

const tooLong = (
  text: string,
  target: string,
  { max, reading }: { readonly max: number; readonly reading: Reading },
): undefined =>
  reading.problems.add(
    'tooLong',
    target,
    `It has ${text.length} characters. Up to ${max} are allowed.`,
  );
