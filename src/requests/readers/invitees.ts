import { isAddress } from '../identity';
import { maxInvitees, type Invitee } from '../calendar';
import { describeValue } from '../../errors/problems';
import { entriesOf } from './object';
import { nameInObject, peopleInText } from './person';
import { choiceReader, isAbsent, isRecord, type Reader, type Reading } from './scalar';

const readType = choiceReader(['required', 'optional']);

/**
 * Reads people who are invited by email: `"a@x.org; b@x.org"`, a list of addresses, or of Graph's event attendees.
 * `type` is the default for entries without one.
 */
export const inviteesReader =
  (type: Invitee['type']): Reader<Invitee[]> =>
  (value, target, reading) => {
    if (isAbsent(value)) return undefined;
    const entries = entriesOf(typeof value === 'string' ? peopleInText(value) : value, target);
    if (entries === undefined) {
      const message = `Expected a list of addresses, got ${describeValue(value)}.`;
      return reading.problems.add('wrongType', target, message);
    }
    const people = entries.flatMap(([entry, at]) => readEntry(entry, { at, type, reading }));
    return mergeInvitees(people);
  };

interface Place {
  readonly at: string;
  readonly type: Invitee['type'];
  readonly reading: Reading;
}

function readEntry(entry: unknown, { at, type, reading }: Place): Invitee[] {
  if (typeof entry === 'string')
    return peopleInText(entry)
      .filter((name) => name !== '')
      .flatMap((name) => toInvitee(name, { at, type, reading }));
  const own = isRecord(entry) ? readType(entry['type'], `${at}.type`, reading) : undefined;
  const name = nameInObject(entry);
  if (name !== undefined)
    return toInvitee(name, { at, type: (own as Invitee['type'] | undefined) ?? type, reading });
  reading.problems.add(
    'invalidIdentity',
    at,
    `${describeValue(entry)} does not contain an address.`,
  );
  return [];
}

function toInvitee(address: string, { at, type, reading }: Place): Invitee[] {
  if (isAddress(address)) return [{ address, type }];
  const message = `Expected an email address such as ben@contoso.com, got ${describeValue(address)}.`;
  reading.problems.add('invalidIdentity', at, message);
  return [];
}

/** Merges duplicates; required wins over optional. */
export function mergeInvitees(people: readonly Invitee[]): Invitee[] {
  const byAddress = new Map<string, Invitee>();
  for (const person of people) {
    const key = person.address.toLowerCase();
    const known = byAddress.get(key);
    if (known === undefined || person.type === 'required')
      byAddress.set(key, { ...person, ...(known !== undefined && { address: known.address }) });
  }
  return [...byAddress.values()];
}

/** Adds the problem `tooMany` if there are more than `maxInvitees`. */
export function checkCount(people: readonly Invitee[], target: string, reading: Reading): void {
  if (people.length <= maxInvitees) return;
  const message = `${people.length} people are invited. A calendar event can have up to ${maxInvitees}.`;
  reading.problems.add('tooMany', target, message);
}
