import type { ColumnTarget } from '../../../../src/requests/column-names';
import { plainName } from '../../../../src/requests/plain-name';
import type { SheetRow } from '../../../../src/workbook/read/sheet-rows';
import type { Heading, Source } from '../mapping';
import { start, type TimeFields } from '../time/time-fields';
import { contentOf, type TimeContent } from './time-content';
import { isKnownName, meaningOf } from './known-names';

/** The columns to choose from, the rows, and the sources found so far. */
interface TimeSheet {
  readonly headings: readonly Heading[];
  readonly body: readonly SheetRow[];
  readonly sources: Readonly<Partial<Record<ColumnTarget, Source>>>;
}

/** The columns found for the fields of a time. */
type TimeColumns = Readonly<Record<keyof TimeFields, Heading | undefined>>;

interface TimeColumn extends Heading {
  readonly content: TimeContent | undefined;
}

/** Names that mean a time only if the column holds days or times of day; compared as `plainName` returns them. */
const namesByContent: Readonly<Record<TimeFields['day'], readonly string[]>> = {
  'meeting.startDateTime': ['von', 'ab', 'from', 'de', 'das', 'desde'],
  'meeting.endDateTime': ['to', 'till', 'a', 'as', 'ate', 'hasta'],
};

/**
 * Finds the columns of the start or of the end. The name of a column says which of the two it belongs to. Its content
 * says whether it holds the day, the time of day or both; its name does if the content is neither.
 */
export function matchTime(fields: TimeFields, { headings, body, sources }: TimeSheet): TimeColumns {
  const columns = headings.map((heading) => toTimeColumn(fields, heading, body));
  const named = columns.filter(({ name }) => isNameOf(fields, name));
  // Nothing says that a second day or time of day is the end.
  const unknown = fields === start ? columns.filter(({ name }) => saysNothing(name)) : [];

  const clock = best(fields.clock, named.filter(isClock));
  const days = named.filter(isDay);
  // Of several days, the one that makes the time complete.
  const wanted = clock === undefined ? 'dayAndClock' : 'day';
  const complete = days.filter(({ content }) => content === wanted);
  const day = best(fields.day, complete) ?? best(fields.day, days) ?? only(unknown.filter(isDay));

  const known = sources[fields.day];
  const content = known?.kind === 'column' ? contentOf(body, known.column) : day?.content;
  const isNeeded = content !== 'dayAndClock' || meaningOf(clock?.name ?? '') === fields.clock;
  return { day, clock: isNeeded ? (clock ?? only(unknown.filter(isClock))) : undefined };
}

function toTimeColumn(
  { day, clock }: TimeFields,
  heading: Heading,
  body: readonly SheetRow[],
): TimeColumn {
  const meaning = meaningOf(heading.name);
  const byName = meaning === clock ? 'clock' : meaning === day ? 'day' : undefined;
  return { ...heading, content: contentOf(body, heading.column) ?? byName };
}

const isClock = ({ content }: TimeColumn): boolean => content === 'clock';
const isDay = ({ content }: TimeColumn): boolean => content === 'day' || content === 'dayAndClock';

function isNameOf({ day, clock }: TimeFields, name: string): boolean {
  const meaning = meaningOf(name);
  return meaning === day || meaning === clock || namesByContent[day].includes(plainName(name));
}

const saysNothing = (name: string): boolean =>
  !isKnownName(name) &&
  !Object.values(namesByContent).some((names) => names.includes(plainName(name)));

/** The column whose name means the field, else the first. */
const best = (field: ColumnTarget, columns: readonly TimeColumn[]): TimeColumn | undefined =>
  columns.find(({ name }) => meaningOf(name) === field) ?? columns[0];

/** Of several columns, none is guessed. */
const only = ([first, ...others]: readonly TimeColumn[]): TimeColumn | undefined =>
  others.length === 0 ? first : undefined;
