import { describeValue } from '../../errors/problems';
import { maxDurationMinutes } from '../limits';
import { readNumber } from '../time/excel-serial';
import { isAbsent, type Reader } from './scalar';

const minutesADay = 1440;
/** Excel stores a time as a fraction of a day, usually with many digits. A short text such as 0.5 may mean half an hour. */
const maxHandwrittenLength = 4;

const clock = /^(\d{1,3}):(\d\d)(?::00)?$/;
const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;
const hourWords = 'h|hrs?|hours?|std\\.?|stunden?|heures?|horas?';
const minuteWords = "m|min\\.?|mins|mn|'|minutes?|minuten?|minutos?";
const words = new RegExp(
  `^(?:(\\d+(?:[.,]\\d+)?)\\s*(?:${hourWords}))?\\s*(?:(?:und|and|et|e|y)\\s+)?(?:(\\d+)\\s*(?:${minuteWords})?)?$`,
  'i',
);

/** Reads minutes: 90, "90 min", "1:30", "1 h 30", PT90M, or an Excel time such as 0.0625. */
export const readDuration: Reader<number> = (value, target, { problems }) => {
  if (isAbsent(value)) return undefined;
  const number = readNumber(value);
  if (number !== undefined && number > 0 && number < 1)
    return readFraction(number, value, { target, problems });
  const minutes = number ?? (typeof value === 'string' ? readWords(value.trim()) : undefined);
  if (minutes === undefined) {
    const message = `Expected a number of minutes, such as 90 or "1:30", got ${describeValue(value)}.`;
    return problems.add('wrongType', target, message);
  }
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= maxDurationMinutes) return minutes;
  const message = `${describeValue(value)} is not a whole number of minutes from 1 to ${maxDurationMinutes} (30 days).`;
  return problems.add('outOfRange', target, message);
};

function readFraction(
  part: number,
  value: unknown,
  { target, problems }: { readonly target: string } & Pick<Parameters<Reader>[2], 'problems'>,
): number | undefined {
  const minutes = Math.round(part * minutesADay);
  const isWhole = Math.abs(part * minutesADay - minutes) < 0.01 && minutes >= 1;
  if (isWhole && String(part).length > maxHandwrittenLength) return minutes;
  const message = isWhole
    ? `${describeValue(value)} could be the Excel time ${toClock(minutes)} or a fraction of an hour. Enter the duration in minutes.`
    : `${describeValue(value)} is not a whole number of minutes. Enter 90 or "1:30".`;
  return problems.add('outOfRange', target, message);
}

const toClock = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

function readWords(text: string): number | undefined {
  const [, hours, minutes] = clock.exec(text) ?? [];
  if (hours !== undefined) return Number(minutes) < 60 ? sum({ hours, minutes }) : undefined;
  const [isoText, days, isoHours, isoMinutes, seconds] = iso.exec(text) ?? [];
  if (isoText !== undefined)
    return /\d/.test(isoText)
      ? sum({ days, hours: isoHours, minutes: isoMinutes, seconds })
      : undefined;
  const [, wordHours, wordMinutes] = words.exec(text) ?? [];
  if (wordHours === undefined && wordMinutes === undefined) return undefined;
  return sum({ hours: wordHours?.replace(',', '.'), minutes: wordMinutes });
}

interface Lengths {
  readonly days?: string | undefined;
  readonly hours?: string | undefined;
  readonly minutes?: string | undefined;
  readonly seconds?: string | undefined;
}

const sum = ({ days = '0', hours = '0', minutes = '0', seconds = '0' }: Lengths): number =>
  Number(days) * minutesADay + Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
