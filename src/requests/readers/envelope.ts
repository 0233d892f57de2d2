import { isAddress, isGuid } from '../identity';
import {
  maxDurationMinutes,
  maxExternalIdLength,
  maxLanguageLength,
  maxRequestIdLength,
} from '../limits';
import { describeValue } from '../../errors/problems';
import { isAbsent, readText, type Reader, type Reading } from './scalar';

/** Kept exactly as sent, since the sender looks its result up by it. Row numbers come as numbers. */
export const readRequestId: Reader<string> = (value, target, reading) => {
  const text = readText(Number.isSafeInteger(value) ? String(value) : value, target, reading);
  if (text === undefined) return undefined;
  if (text.length > maxRequestIdLength)
    return tooLong(text, target, { longest: maxRequestIdLength, reading });
  if (!/\p{Cc}/u.test(text)) return text;
  return reading.problems.add('invalidCharacters', target, 'It has control characters in it.');
};

export const readOrganizer: Reader<string> = (value, target, reading) => {
  const text = readText(value, target, reading)?.trim();
  if (text === undefined || isGuid(text) || isAddress(text)) return text;
  const message = `${describeValue(text)} is no object id, user principal name or e-mail address.`;
  return reading.problems.add('invalidIdentity', target, message);
};

/** Accept-Language: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4 */
const languageRange =
  /^\s*(?:\*|[a-z]{1,8}(?:-[a-z\d]{1,8})*)\s*(?:;\s*q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i;

export const readLanguage: Reader<string> = (value, target, reading) => {
  const text = readText(value, target, reading)?.trim();
  if (text === undefined) return undefined;
  if (text.length > maxLanguageLength)
    return tooLong(text, target, { longest: maxLanguageLength, reading });
  if (text.split(',').every((range) => languageRange.test(range))) return text;
  const message = `${describeValue(text)} is no language such as pt-BR, nor a list such as "de-AT, de;q=0.8".`;
  return reading.problems.add('invalidLanguage', target, message);
};

export const readDuration: Reader<number> = (value, target, { problems }) => {
  if (isAbsent(value)) return undefined;
  const isText = typeof value === 'string' && /^\s*\d+(?:\.0+)?\s*$/.test(value);
  const minutes = isText ? Number(value) : value;
  if (typeof minutes !== 'number') {
    return problems.add(
      'wrongType',
      target,
      `${describeValue(value)} was found where a number of minutes is due.`,
    );
  }
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= maxDurationMinutes) return minutes;
  const message = `${describeValue(value)} is no whole number of minutes from 1 to ${maxDurationMinutes} (30 days).`;
  return problems.add('outOfRange', target, message);
};

/** Graph documents neither length nor alphabet; what any of its stores takes is allowed. */
export const readExternalId: Reader<string> = (value, target, reading) => {
  const text = readText(value, target, reading);
  if (text === undefined) return undefined;
  if (text.length > maxExternalIdLength)
    return tooLong(text, target, { longest: maxExternalIdLength, reading });
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
  { longest, reading }: { readonly longest: number; readonly reading: Reading },
): undefined =>
  reading.problems.add(
    'tooLong',
    target,
    `It has ${text.length} characters; up to ${longest} are allowed.`,
  );
