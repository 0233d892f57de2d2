import type { Problem } from '../../errors/meeting-error';
import { parseMeetingRequest } from '../../requests/parse/parse-meeting-request';
import type { BatchBody } from './body';

/** Possible mistakes in rows, by row index. */
export type RowWarnings = ReadonlyMap<number, readonly Problem[]>;

interface PlannedRow {
  readonly index: number;
  readonly row: number;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
}

/** Maximum number of meetings for one user in a month at Graph: https://learn.microsoft.com/graph/throttling-limits */
const maxMeetingsPerMonth = 2_000;

/**
 * Finds mistakes that show only across rows: meetings of one organizer at the same time, and too many meetings for one
 * organizer. Reads the rows once and keeps a row number and two times of each.
 */
export async function findWarnings(body: BatchBody): Promise<RowWarnings> {
  const warnings = new Map<number, readonly Problem[]>();
  for (const rows of (await rowsByOrganizer(body)).values()) {
    for (const [index, message] of [...tooMany(rows), ...overlapping(rows)])
      warnings.set(index, [...(warnings.get(index) ?? []), message]);
  }
  return warnings;
}

/** Rows with the same requestId are the same meeting. */
async function rowsByOrganizer(body: BatchBody): Promise<ReadonlyMap<string, PlannedRow[]>> {
  const byOrganizer = new Map<string, PlannedRow[]>();
  const seen = new Set<string>();
  let index = -1;
  for await (const { row, input, problems } of body.rows()) {
    index += 1;
    const parsed = parseMeetingRequest(input);
    if (!parsed.ok || problems !== undefined) continue;
    const { requestId, action, organizer, meeting } = parsed.request;
    if (requestId !== undefined && seen.size === seen.add(requestId).size) continue;
    if (organizer === '' || action === 'cancel') continue;
    const [start, end] = [meeting.startDateTime, meeting.endDateTime].map((time) =>
      Date.parse(time ?? ''),
    ) as [number, number];
    // A change may omit its times.
    if (Number.isNaN(start) || Number.isNaN(end)) continue;
    const name = organizer.toLowerCase();
    const rows = byOrganizer.get(name);
    if (rows === undefined) byOrganizer.set(name, [{ index, row, start, end }]);
    else rows.push({ index, row, start, end });
  }
  return byOrganizer;
}

type Warning = readonly [index: number, problem: Problem];

const tooMany = (rows: readonly PlannedRow[]): readonly Warning[] =>
  rows.slice(maxMeetingsPerMonth).map(({ index }) => [
    index,
    {
      code: 'manyMeetings',
      target: 'organizer',
      message: `${rows.length} rows have this organizer. Microsoft Graph allows up to ${maxMeetingsPerMonth} meetings per user per month. Spread the meetings across more organizers.`,
    },
  ]);

/** Pairs of rows where one begins before the other has ended. */
function overlapping(rows: readonly PlannedRow[]): readonly Warning[] {
  const found = new Map<number, Problem>();
  let longest: PlannedRow | undefined;
  for (const row of rows.toSorted((one, other) => one.start - other.start)) {
    if (longest !== undefined && row.start < longest.end) {
      found.set(row.index, atTheSameTime(longest.row));
      if (!found.has(longest.index)) found.set(longest.index, atTheSameTime(row.row));
    }
    if (longest === undefined || row.end > longest.end) longest = row;
  }
  return [...found];
}

const atTheSameTime = (row: number): Problem => ({
  code: 'overlappingMeeting',
  target: 'meeting.startDateTime',
  message: `Row ${row} has a meeting with the same organizer at the same time.`,
});
