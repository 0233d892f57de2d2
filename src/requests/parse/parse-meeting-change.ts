import type { Problem } from '../../errors/meeting-error';
import { describeValue, Problems, wholeRequest } from '../../errors/problems';
import {
  createOnlyProperties,
  patchableProperties,
  type OnlineMeetingInput,
} from '../online-meeting';
import { readAttendees } from '../readers/attendees';
import { checkTimes, meetingHints, meetingReaders } from '../readers/meeting';
import { objectReader } from '../readers/object';
import { refusing } from '../readers/refusing';
import { isAbsent, isRecord, type Reader, type Reading } from '../readers/scalar';
import { parseGraphTime } from '../time/time';

/** The parsed change of a meeting, or its problems. */
type ParsedChange =
  | { readonly ok: true; readonly properties: OnlineMeetingInput }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const refuseFixed = refusing(
  'Microsoft Graph accepts this only when a meeting is created. To change it, delete the meeting and create a new one.',
);

/** Readers of properties that only a new meeting can have. */
export const fixedAtCreation: Readonly<Record<string, Reader>> = Object.fromEntries(
  createOnlyProperties.map((name) => [name, refuseFixed]),
);

/** Refuses empty values, because Graph does not document whether they clear a property. */
const given =
  (read: Reader): Reader =>
  (value, target, reading) =>
    isAbsent(value)
      ? reading.problems.add(
          'missing',
          target,
          'Expected a value. To keep the current value, leave out this property.',
        )
      : read(value, target, reading);

const participants = objectReader(
  {
    attendees: readAttendees,
    organizer: refusing('You cannot change the organizer of a meeting. Remove this property.'),
  },
  'participants',
);

const readChange = objectReader(
  Object.fromEntries([
    ...patchableProperties.map((name) => [name, given(meetingReaders[name] ?? refuseFixed)]),
    ['participants', given(participants)],
    ...Object.entries(fixedAtCreation),
  ]) as Readonly<Record<string, Reader>>,
  '',
  meetingHints,
) as Reader<OnlineMeetingInput>;

/**
 * Parses the body of Graph's own update: https://learn.microsoft.com/graph/api/onlinemeeting-update A time without an
 * offset is UTC, and a list of attendees replaces the one before. Refuses properties that an update cannot set.
 */
export function parseMeetingChange(input: unknown): ParsedChange {
  const problems = new Problems();
  const reading: Reading = {
    problems,
    parseTime: parseGraphTime,
    forGraph: true,
    keepsEmptyLists: true,
  };
  const properties = readChange(input, '', reading) ?? {};
  checkPair(input, problems);
  checkTimes(properties, '', problems);
  if (problems.count === 0 && Object.keys(properties).length === 0)
    problems.add('missing', wholeRequest, nothingToChange(input));
  return problems.count === 0 ? { ok: true, properties } : { ok: false, problems: problems.list() };
}

const nothingToChange = (input: unknown): string =>
  isRecord(input)
    ? 'Expected at least one property to change.'
    : `Expected an object, got ${describeValue(input)}.`;

function checkPair(input: unknown, problems: Problems): void {
  if (!isRecord(input)) return;
  const [missing, ...others] = (['startDateTime', 'endDateTime'] as const).filter(
    (name) => !(name in input),
  );
  if (missing === undefined || others.length > 0) return;
  problems.add(
    'missing',
    missing,
    'Microsoft Graph changes both times or neither. Send this one too.',
  );
}
