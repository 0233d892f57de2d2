import { describeValue } from '../../errors/problems';
import { readExcelTime } from './excel-serial';
import { readTimeOfDay } from './time-of-day';
import { readDate, splitDate, type DateOrder, type WrittenDate } from './written-date';
import {
  dateOnly,
  example,
  invalidTime,
  readIsoTime,
  toWrittenTime,
  type TimeFailure,
  type WrittenTime,
} from './written-time';

/** Maximum length of a text that can be a time. */
const maxLength = 100;

const zoneInBrackets = /\[([^\]=]+)\]$/;
const otherTags = /\[!?[\w-]+=[^\]]*\]$/;
const offsetPattern = /\s?(z|utc|gmt|(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?)$/i;
/** The zone name that JavaScript's dates have after their offset. */
const remark = /\s\([^()]*\)$/;

/**
 * Reads a time as people, programs and spreadsheets write it: ISO 8601 in all its forms, Excel's serial numbers, and
 * dates such as 25.12.2030 14:30 if they are unambiguous, alone or with the caller's `order`.
 */
export function readWrittenTime(value: unknown, order?: DateOrder): WrittenTime | TimeFailure {
  // The usual format first, for speed: batches have many times.
  const iso = readIsoTime(value);
  if (iso.ok) return iso;
  const serial = readExcelTime(value);
  if (serial !== undefined) return serial;
  if (typeof value !== 'string') {
    const message = `Expected a time such as "${example}", got ${describeValue(value)}.`;
    return { ok: false, code: 'wrongType', message };
  }
  return value.length > maxLength ? noTime(value) : readText(value, order);
}

function readText(value: string, order: DateOrder | undefined): WrittenTime | TimeFailure {
  const { text, zone } = withoutBrackets(value.trim());
  const only = readDate(text, order);
  if (only !== undefined) return failureOf(only, { value, order }) ?? dateOnly(value);
  const split = splitDate(text, order);
  if (split === undefined)
    return readTimeOfDay(text) === undefined
      ? noTime(value)
      : invalidTime(value, `is a time of day without a date. Use a format such as ${example}.`);
  const { date, rest } = split;
  const { clock, offset } = withoutOffset(rest);
  const time = readTimeOfDay(clock);
  if (time === undefined) return noTime(value);
  const day = date.kind === 'day' ? date.day : undefined;
  return failureOf(date, { value, order }) ?? toWrittenTime(value, { day, ...time, offset, zone });
}

/** https://www.rfc-editor.org/rfc/rfc9557: a zone in brackets, and tags such as `[u-ca=gregory]`, which are ignored. */
function withoutBrackets(text: string): { readonly text: string; readonly zone?: string } {
  const bare = text.replace(otherTags, '');
  const [brackets, zone] = zoneInBrackets.exec(bare) ?? [];
  if (brackets === undefined || zone === undefined) return { text: bare };
  return { text: bare.slice(0, -brackets.length).trim(), zone: zone.replace(/^!/, '') };
}

function withoutOffset(rest: string): {
  readonly clock: string;
  readonly offset?: string | undefined;
} {
  const text = rest.replace(remark, '');
  const [found, offset] = offsetPattern.exec(text) ?? [];
  if (found === undefined) return { clock: text };
  return {
    clock: text.slice(0, -found.length),
    offset: offset?.replace(/^(?:utc|gmt)(?=[+-])/i, ''),
  };
}

function failureOf(
  date: WrittenDate,
  { value, order }: { readonly value: string; readonly order: DateOrder | undefined },
): TimeFailure | undefined {
  if (date.kind === 'day') return undefined;
  if (date.kind === 'otherWeekday') {
    const day = new Date(date.day);
    const weekday = day.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' });
    return invalidTime(
      value,
      `names the wrong day of the week: ${day.toISOString().slice(0, 10)} is a ${weekday}. Correct one of them.`,
    );
  }
  if (date.kind === 'otherOrder')
    return invalidTime(
      value,
      `does not match the date order ${order ?? ''}. Use a format such as ${example}.`,
    );
  if (date.kind === 'shortYear')
    return invalidTime(
      value,
      `has a two-digit year. Set dateOrder, or use a format such as ${example}.`,
    );
  return invalidTime(
    value,
    `is ${date.dayFirst} or ${date.monthFirst}: day or month first? Set dateOrder to dmy or mdy, or use a format such as ${example}.`,
  );
}

const noTime = (value: string): TimeFailure =>
  invalidTime(value, `is not a date and time such as ${example} or ${example}+01:00.`);
