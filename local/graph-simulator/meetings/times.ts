/** Steps of 100 ns since 1970, the resolution of .NET and so of Graph. */
export type Ticks = bigint;

const ticksPerMillisecond = 10_000n;
const ticksPerSecond = 10_000_000n;
export const ticksPerHour = 3600n * ticksPerSecond;
export const ticksPerDay = 24n * ticksPerHour;

/** https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, `dateTimeOffsetValue`; the offset may be absent. */
const dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(Z|[+-]\d\d:\d\d)?$/i;

/** Parses a time; without an offset it is UTC, as in Graph. Undefined if it is not a time. */
export function parseTime(text: string): Ticks | undefined {
  const [, minute, second = '00', fraction = '', offset = 'Z'] = dateTime.exec(text) ?? [];
  if (minute === undefined || !isCalendarDate(minute.slice(0, 10))) return undefined;
  const milliseconds = Date.parse(`${minute}:${second}${offset.toUpperCase()}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return BigInt(milliseconds) * ticksPerMillisecond + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
}

/** Formats UTC like .NET: up to seven fractional digits, without trailing zeros. */
export function formatTime(ticks: Ticks): string {
  const seconds = new Date(Number(ticks / ticksPerMillisecond)).toISOString().slice(0, 19);
  const fraction = String(ticks % ticksPerSecond)
    .padStart(7, '0')
    .replace(/0+$/, '');
  return `${seconds}${fraction === '' ? '' : `.${fraction}`}Z`;
}

/** `below` is the fraction of a millisecond, 0 to 1, that the clock does not resolve. */
export function toTicks(date: Date, below: number): Ticks {
  return BigInt(date.getTime()) * ticksPerMillisecond + BigInt(Math.floor(below * 10_000));
}

/** Whether the date exists: `Date.parse` accepts 31 February as 3 March. */
function isCalendarDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}
