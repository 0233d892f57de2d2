import { isAddress, isGuid, namesOf } from '../identity';
import { maxAttendees } from '../limits';
import { onlineMeetingInputSchema, type Attendee } from '../online-meeting';
import { describeValue, propertyPath, type Problems } from '../../errors/problems';
import { emptyList, entriesOf, objectReader } from './object';
import { nameInObject, peopleInText } from './person';
import { isAbsent, isRecord, readText, type Reader, type Reading } from './scalar';
import { readerFor } from './schema';

const path = 'participants.attendees';

/** An attendee with its JSON path, for problems found later. */
interface Entry {
  readonly attendee: Attendee;
  readonly target: string;
}

/** Reads `"a@x.org; b@x.org"`, a list of names, or a list of Graph's participants; skips blank entries. */
export const readAttendees: Reader<Attendee[]> = (value, target, reading) => {
  if (isAbsent(value)) return undefined;
  const given = peopleIn(value, target);
  if (given === undefined) {
    const message = `Expected a list of people, got ${describeValue(value)}.`;
    return reading.problems.add('wrongType', target, message);
  }
  if (given.length > maxAttendees) {
    const message = `There are ${given.length} attendees. A Teams meeting can have up to ${maxAttendees}.`;
    return reading.problems.add('tooMany', target, message);
  }
  const entries = given
    .map(([entry, at]) => readEntry(entry, at, reading))
    .filter((entry) => entry !== undefined);
  const attendees = mergeDuplicates(entries, reading.problems);
  return attendees.length === 0 ? emptyList(value, reading) : attendees;
};

/** A text inside a list may hold several names too. */
function peopleIn(value: unknown, target: string): [unknown, string][] | undefined {
  if (typeof value === 'string') return entriesOf(peopleInText(value), target);
  return entriesOf(value, target)?.flatMap(([entry, at]) =>
    typeof entry === 'string'
      ? peopleInText(entry)
          .filter((name) => name !== '')
          .map((name): [unknown, string] => [name, at])
      : [[entry, at] as [unknown, string]],
  );
}

function readEntry(value: unknown, target: string, reading: Reading): Entry | undefined {
  const before = reading.problems.count;
  const person =
    typeof value === 'string'
      ? readName(value, target, reading)
      : (readForeignPerson(value, target, reading) ?? readPerson(value, target, reading));
  if (person === undefined || reading.problems.count > before) return undefined;
  if (person.upn === undefined && person.identity === undefined) {
    return reading.problems.add(
      'missing',
      target,
      'This attendee has no upn or identity.user.id. Add one of them.',
    );
  }
  return { attendee: person, target };
}

/** Reads a name alone: an object id, otherwise a user principal name. */
function readName(value: string, target: string, reading: Reading): Attendee | undefined {
  const name = value.trim();
  if (isGuid(name)) return { identity: { user: { id: name.toLowerCase() } } };
  const upn = readUpn(name, target, reading);
  return upn === undefined ? undefined : { upn };
}

/** Reads a person in the format of SharePoint, Outlook or Entra. Refused in a body meant for Graph, which does not accept these. */
function readForeignPerson(value: unknown, target: string, reading: Reading): Attendee | undefined {
  const name = reading.forGraph ? undefined : nameInObject(value);
  if (name === undefined) return undefined;
  const role = isRecord(value)
    ? (readRole(value['role'], propertyPath(target, 'role'), reading) as Attendee['role'])
    : undefined;
  const person = readName(name, target, reading);
  return person === undefined ? undefined : { ...person, ...(role !== undefined && { role }) };
}

const readUpn: Reader<string> = (value, target, reading) => {
  const text = readText(value, target, reading)?.trim();
  if (text === undefined || isAddress(text)) return text;
  const hint = isGuid(text) ? ' Enter an object id in identity.user.id.' : '';
  const message = `${describeValue(text)} is not a user principal name or email address such as anna@contoso.com.${hint}`;
  return reading.problems.add('invalidIdentity', target, message);
};

/** Refuses an invalid id: Graph would store it and invite nobody. */
const readId: Reader<string> = (value, target, reading) => {
  const text = readText(value, target, reading)?.trim();
  if (text === undefined || isGuid(text)) return text?.toLowerCase();
  const hint = isAddress(text) ? ' Enter an address in upn.' : '';
  const message = `${describeValue(text)} is not an object id such as dc17674c-81d9-4adb-bfb2-8f6a442e4622.${hint}`;
  return reading.problems.add('invalidIdentity', target, message);
};

/** Ignores what Graph adds to an identity in its answers; the id alone identifies the person. */
const dropped: Reader<never> = () => undefined;

const readUser = objectReader(
  { id: readId, displayName: dropped, tenantId: dropped, identityProvider: dropped },
  `${path}.identity.user`,
);

const roleSchema = onlineMeetingInputSchema.shape.participants.unwrap().shape.attendees.unwrap()
  .element.shape.role;

const readRole = readerFor(roleSchema);

/** Names of the same properties in other APIs. */
const hints = new Map([
  ...['address', 'email', 'emailAddress', 'mail', 'userPrincipalName'].map(
    (name) => [name, 'upn'] as const,
  ),
  ...['id', 'userId', 'user'].map((name) => [name, 'identity.user.id'] as const),
]);

const readPerson = objectReader(
  {
    upn: readUpn,
    identity: objectReader({ user: readUser }, `${path}.identity`),
    role: readRole,
  },
  path,
  hints,
) as Reader<Attendee>;

/** Merges a person who is named twice with the same role. Two roles or two ids are a contradiction. */
function mergeDuplicates(entries: readonly Entry[], problems: Problems): Attendee[] {
  const byName = new Map<string, Entry>();
  const kept = new Set<Entry>();
  for (const entry of entries) {
    const names = namesOf(entry.attendee);
    const namesakes = names.map((name) => byName.get(name)).filter((found) => found !== undefined);
    const [first = entry, ...others] = new Set(namesakes.concat(entry));
    kept.add(first);
    for (const name of names) byName.set(name, first);
    for (const other of others) {
      checkSamePerson(first, other, problems);
      Object.assign(first.attendee, { ...other.attendee, ...first.attendee });
      kept.delete(other);
      for (const name of namesOf(other.attendee)) byName.set(name, first);
    }
  }
  return [...kept].map(({ attendee }) => attendee);
}

function checkSamePerson(first: Entry, other: Entry, problems: Problems): void {
  const ids = [first, other].map(({ attendee }) => attendee.identity?.user.id);
  if (new Set(ids.filter((id) => id !== undefined)).size > 1) {
    const message = `This person is also listed at ${first.target} with a different object id.`;
    problems.add('conflicting', propertyPath(other.target, 'identity.user.id'), message);
  }
  if ((first.attendee.role ?? 'attendee') !== (other.attendee.role ?? 'attendee')) {
    const message = `This person is also listed at ${first.target} with a different role.`;
    problems.add('conflicting', propertyPath(other.target, 'role'), message);
  }
}
