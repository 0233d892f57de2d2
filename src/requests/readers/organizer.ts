import { describeValue } from '../../errors/problems';
import { isName, nameInObject, peopleInText } from './person';
import { readText, type Reader, type Reading } from './scalar';

/**
 * Reads the organizer: an object id or an address, alone or as email programs, SharePoint and people write it. On
 * Graph's own routes, the name in the address is used literally.
 */
export const readOrganizer: Reader<string> = (value, target, reading) => {
  if (Array.isArray(value)) return readList(value, target, reading);
  const found = reading.forGraph ? undefined : nameInObject(value);
  if (found !== undefined) return found;
  const text = readText(value, target, reading)?.trim();
  if (text === undefined) return undefined;
  if (!reading.forGraph) return readCopied(text, target, reading);
  return isName(text) ? text : refuse(text, target, reading);
};

function readList(
  [first, ...others]: readonly unknown[],
  target: string,
  reading: Reading,
): string | undefined {
  if (others.length === 0) return readOrganizer(first, target, reading);
  return tooMany(others.length + 1, target, reading);
}

function readCopied(text: string, target: string, reading: Reading): string | undefined {
  const people = peopleInText(text).filter((name) => name !== '');
  const names = new Map(people.filter(isName).map((name) => [name.toLowerCase(), name]));
  if (names.size > 1) return tooMany(names.size, target, reading);
  const [name] = names.values();
  // After a semicolon or line break, a second text is a second person.
  const isAlone = people.length === 1 || !/[;\r\n]\s*\S/.test(text);
  return name !== undefined && isAlone ? name : refuse(text, target, reading);
}

const tooMany = (count: number, target: string, { problems }: Reading): undefined =>
  problems.add(
    'tooMany',
    target,
    `${count === 2 ? 'Two' : count} organizers are specified. A meeting can have only one.`,
  );

const refuse = (text: string, target: string, { problems }: Reading): undefined =>
  problems.add(
    'invalidIdentity',
    target,
    `Expected one object id, user principal name or email address, got ${describeValue(text)}.`,
  );
