import type { Cell } from '../../../workbook';

/** The text of a cell for its column. Workbooks store times and durations as numbers, and show them in many formats. */
export function textFor(target: string, { kind, text, serial, isCovered }: Cell): string {
  // An id is that of one row.
  if (isCovered === true && target === 'requestId') return '';
  if (kind === 'dateTime' && clockTargets.has(target)) return text.slice(dayLength + 1);
  if (kind === 'dateTime' && target === 'date') return text.replace('T00:00:00', '');
  if (serial === undefined) return text;
  if (target === 'durationMinutes' && (kind === 'time' || kind === 'span'))
    return String(Math.round(serial * 24 * 60 * 60) / 60);
  const isDay = target === 'date' || target.endsWith('DateTime');
  return kind === 'number' && isDay ? String(serial) : text;
}

const clockTargets = new Set(['startTime', 'endTime']);
const dayLength = '2026-12-01'.length;
