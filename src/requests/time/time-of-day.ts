import { dayMs } from './written-time';

/** A time of day without a zone. Its parts may be out of range, such as 25 hours. */
interface TimeOfDay {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  /** Digits after the seconds. */
  readonly fraction: string;
}

const clock =
  /^(\d{1,2})[:.](\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:\s*(?:(am|pm|a\.\s?m\.|p\.\s?m\.)|uhr|h))?$/i;
const withHourSign = /^(\d{1,2})\s?(?:h|uhr|hrs?)\s?(\d\d)?(?:\s?m(?:in)?)?$/i;
const onTheHour = /^(\d{1,2})\s*(am|pm|a\.\s?m\.|p\.\s?m\.)$/i;
const basic = /^(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d+))?)?$/;
const fractionOfDay = /^0(?:[.,]\d+)?$/;
/** The date that Excel and its connectors put before a time without a day. */
const dayZero = /^(?:1899-12-3[01]|1900-01-0[01])[t\s]+/i;

/** Reads 14:30, 14.30, 14h30, 2:30 PM, 1430 and a fraction of a day such as 0.604166667; undefined for anything else. */
export function readTimeOfDay(given: string): TimeOfDay | undefined {
  const bare = given.trim().replace(dayZero, '');
  const text = bare === given.trim() ? bare : bare.replace(/z$/i, '');
  if (fractionOfDay.test(text)) return fromFraction(Number(text.replace(',', '.')));
  const [, hours, minutes, seconds, fraction, half] = clock.exec(text) ?? basic.exec(text) ?? [];
  if (hours !== undefined) return make(hours, { minutes, seconds, fraction, half });
  const [, wholeHours, wholeHalf] = onTheHour.exec(text) ?? [];
  if (wholeHours !== undefined) return make(wholeHours, { half: wholeHalf });
  const [, signedHours, signedMinutes] = withHourSign.exec(text) ?? [];
  return signedHours === undefined ? undefined : make(signedHours, { minutes: signedMinutes });
}

interface Written {
  readonly minutes?: string | undefined;
  readonly seconds?: string | undefined;
  readonly fraction?: string | undefined;
  readonly half?: string | undefined;
}

function make(
  hours: string,
  { minutes = '0', seconds = '0', fraction = '', half }: Written,
): TimeOfDay | undefined {
  const given = Number(hours);
  if (half !== undefined && (given < 1 || given > 12)) return undefined;
  const afterNoon = half?.toLowerCase().startsWith('p') === true ? 12 : 0;
  return {
    hours: half === undefined ? given : (given % 12) + afterNoon,
    minutes: Number(minutes),
    seconds: Number(seconds),
    fraction,
  };
}

function fromFraction(part: number): TimeOfDay {
  const seconds = Math.round((part * dayMs) / 1000);
  return {
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    fraction: '',
  };
}
