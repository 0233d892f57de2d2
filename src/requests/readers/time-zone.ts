import { describeValue } from '../../errors/problems';
import { isExcelError } from '../parse/excel-error';
import { findTimeZone, nearestTimeZone, type TimeZone } from '../time/time-zones';
import { isAbsent, readText, type Reader } from './scalar';

/** Outlook's name of a zone that somebody made up for one meeting: its rules stand elsewhere. */
const customZone = /^tzone:\/\/microsoft\/custom$/i;

/**
 * Reads the zone of local times. With a zone that does not exist, times are still checked for everything else, as in UTC;
 * undefined without one.
 */
export const readTimeZone: Reader<TimeZone> = (value, target, reading) => {
  if (isAbsent(value)) return undefined;
  const name = isExcelError(value) ? undefined : readText(value, target, reading);
  const zone = name === undefined ? undefined : findTimeZone(name);
  if (name !== undefined && zone === undefined)
    reading.problems.add(
      'unknownTimeZone',
      target,
      `${describeValue(name)} is no time zone. ${hintFor(name)}`,
    );
  return zone ?? findTimeZone('UTC');
};

function hintFor(name: string): string {
  if (customZone.test(name.trim()))
    return 'It stands for rules of its own; write a name such as Europe/Lisbon.';
  const nearest = nearestTimeZone(name.trim());
  return nearest === undefined
    ? 'Write a name such as Europe/Lisbon or W. Europe Standard Time.'
    : `Did you mean ${nearest}?`;
}
