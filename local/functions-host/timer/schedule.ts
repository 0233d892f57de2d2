import { Cron } from 'croner';
import { parseTimeSpan } from '../time-span';

/** The schedule of a timer. */
export interface Schedule {
  /** The first time after this one; undefined if there is none. */
  next(after: Date): Date | undefined;
}

/** Digits, lists, ranges, steps, and names: NCRONTAB has no `?`, `L`, `W` or `#`. */
const ncrontab = /^(?:[\d*,/-]|[a-z]{3})+$/i;

/**
 * A schedule from an NCRONTAB expression of five or six fields, in UTC, or from a time span between two runs. Throws for
 * anything else. Unlike in cron, a day has to fit both the day of the month and that of the week.
 * https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
 */
export function parseSchedule(expression: string): Schedule {
  const intervalMs = parseTimeSpan(expression);
  if (intervalMs !== undefined && intervalMs > 0)
    return { next: (after) => new Date(after.getTime() + intervalMs) };
  const fields = expression.trim().split(/\s+/);
  if (![5, 6].includes(fields.length) || !fields.every((field) => ncrontab.test(field)))
    throw new Error(
      `The schedule expression '${expression}' was not recognized as a valid cron expression or timespan string.`,
    );
  const options = { timezone: 'UTC', domAndDow: true, sloppyRanges: true, paused: true };
  const cron = new Cron(fields.join(' '), options);
  return { next: (after) => cron.nextRun(after) ?? undefined };
}

/** Whether a timer fires more often than once a minute: the host keeps no record of such timers. */
export function isFrequent(schedule: Schedule, now: Date): boolean {
  const first = schedule.next(now);
  if (first === undefined) return false;
  const second = schedule.next(first);
  return second !== undefined && second.getTime() - first.getTime() < 60_000;
}
