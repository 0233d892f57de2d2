import { dayOfSerial, readNumber } from './excel-serial';
import { monthOf, weekdayOf } from './date-names';
import { dayOf } from './written-time';

/** Orders of day, month and year. */
export const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
/** One of `dateOrders`. */
export type DateOrder = (typeof dateOrders)[number];

/** A date as read from a text; `shortYear` has only two digits. */
export type WrittenDate =
  /** The start of the day in milliseconds since 1970; undefined if there is no such day. */
  | { readonly kind: 'day'; readonly day: number | undefined }
  /** Two possible readings, `dayFirst` and `monthFirst`, both as `2030-01-31`. */
  | { readonly kind: 'ambiguous'; readonly dayFirst: string; readonly monthFirst: string }
  /** It names a day of the week that is not that of the day. */
  | { readonly kind: 'otherWeekday'; readonly day: number }
  /** It does not fit the caller's order. */
  | { readonly kind: 'otherOrder' }
  | { readonly kind: 'shortYear' };

const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?$/;
const basic = /^(\d{4})(\d\d)(\d\d)$/;
const yearLast = /^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)\.?$/;
const dayInWords =
  /^(?:\p{L}+[.,]*\s+)?(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[\s-]+(?:de\s+)?(\p{L}+)\.?,?[\s-]+(?:de\s+)?(\d{4})$/iu;
const monthInWords = /^(?:\p{L}+[.,]*\s+)?(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/iu;

/** The first word of a date, which may be a day of the week. */
const firstWord = /^(\p{L}[\p{L}-]*)[.,]*\s+/u;
/** Separators between date and time. */
const separators = /t(?=\d)|,?\s+(?:(?:at|um|à|a las|às)\s+)?/giu;

/**
 * Reads a date in any format that is unambiguous, alone or with the caller's `order`; undefined for anything that is
 * not a date.
 */
export function readDate(given: string, order?: DateOrder): WrittenDate | undefined {
  const { text, weekday } = withoutWeekday(given.trim());
  const date = readWithoutWeekday(text, order);
  return date === undefined || weekday === undefined ? date : onWeekday(date, weekday);
}

function readWithoutWeekday(text: string, order?: DateOrder): WrittenDate | undefined {
  const [, year, , month = '', day = ''] = yearFirst.exec(text) ?? [];
  if (year !== undefined) return { kind: 'day', day: dayOf(year, month, day) };
  const match = yearLast.exec(text);
  return match === null ? readOtherForms(text) : readByOrder(match, order);
}

/** Splits a text with a date and a time. The date is the shortest text before a separator that is a date. */
export function splitDate(
  text: string,
  order?: DateOrder,
): { readonly day: string; readonly date: WrittenDate; readonly rest: string } | undefined {
  for (const { index, 0: separator } of text.matchAll(separators)) {
    const day = text.slice(0, index);
    const date = readDate(day, order);
    if (date !== undefined) return { day, date, rest: text.slice(index + separator.length) };
  }
  return undefined;
}

function withoutWeekday(text: string): { readonly text: string; readonly weekday?: number } {
  const [found = '', word = ''] = firstWord.exec(text) ?? [];
  const weekday = weekdayOf(word);
  return weekday === undefined ? { text } : { text: text.slice(found.length), weekday };
}

/** The day of the week tells whether the day or the month comes first, and shows a slip in the date. */
function onWeekday(date: WrittenDate, weekday: number): WrittenDate {
  const fits = (day: number): boolean => (new Date(day).getUTCDay() || 7) === weekday;
  if (date.kind === 'ambiguous') {
    const [one, other] = [date.dayFirst, date.monthFirst]
      .map((text) => Date.parse(text))
      .filter(fits);
    return one === undefined || other !== undefined ? date : { kind: 'day', day: one };
  }
  if (date.kind !== 'day' || date.day === undefined || fits(date.day)) return date;
  return { kind: 'otherWeekday', day: date.day };
}

function readOtherForms(text: string): WrittenDate | undefined {
  const [, year, month = '', day = ''] = basic.exec(text) ?? [];
  if (year !== undefined) return { kind: 'day', day: dayOf(year, month, day) };
  const serial = readNumber(text);
  if (serial !== undefined) {
    const found = Number.isInteger(serial) ? dayOfSerial(serial) : undefined;
    return found === undefined ? undefined : { kind: 'day', day: found };
  }
  return readMonthName(text);
}

function readMonthName(text: string): WrittenDate | undefined {
  const [, dayBefore, nameAfter = '', yearAfter = ''] = dayInWords.exec(text) ?? [];
  const [, nameBefore = '', dayAfter, yearBehind = ''] = monthInWords.exec(text) ?? [];
  const day = dayBefore ?? dayAfter;
  const month = monthOf(dayBefore === undefined ? nameBefore : nameAfter);
  if (day === undefined || month === undefined) return undefined;
  return { kind: 'day', day: dayOf(yearAfter || yearBehind, String(month), day) };
}

function readByOrder(
  [, first = '', , second = '', last = '']: RegExpExecArray,
  order: DateOrder | undefined,
): WrittenDate {
  if (order !== undefined) return readInOrder([first, second, last], order);
  if (last.length < 4) return { kind: 'shortYear' };
  const dayFirst = dayOf(last, second, first);
  const monthFirst = dayOf(last, first, second);
  if (dayFirst !== undefined && monthFirst !== undefined && dayFirst !== monthFirst)
    return { kind: 'ambiguous', dayFirst: toText(dayFirst), monthFirst: toText(monthFirst) };
  return { kind: 'day', day: dayFirst ?? monthFirst };
}

function readInOrder(
  [first, second, last]: readonly [string, string, string],
  order: DateOrder,
): WrittenDate {
  const isYearLast = order !== 'ymd';
  if (!isYearLast && last.length === 4) return { kind: 'otherOrder' };
  const year = isYearLast ? last : first.padStart(2, '0');
  const [month, day] =
    order === 'dmy' ? [second, first] : order === 'mdy' ? [first, second] : [second, last];
  if (Number(month) > 12 && Number(day) <= 12) return { kind: 'otherOrder' };
  return { kind: 'day', day: dayOf(year.length === 2 ? `20${year}` : year, month, day) };
}

const toText = (day: number): string => new Date(day).toISOString().slice(0, 10);
