import { isAddress, isGuid } from '../identity';
import { isRecord } from './scalar';

/** Between the values of a SharePoint lookup such as `17;#Anna;#anna@contoso.com`. */
const lookupSeparator = /\d*;#/g;
const quotedDisplayName = /"[^"]*"\s*(?=<)/g;
const addressInParentheses = /\(([^()\s]+@[^()\s]+)\)/g;
const remark = /\s\([^()@]*\)/g;
const entrySeparator = /[;\r\n]/;
const bracketed = /([^<>]*)<([^<>]*)>/g;
const prefix = /^(?:mailto|smtp|sip):/i;
/** A SharePoint login name: https://learn.microsoft.com/sharepoint/troubleshoot/sites/user-login-name-format */
const claim = /^i:0[^|]*\|(?:[^|]*\|)*/i;

/** The people in a text such as a mail program copies, with blanks where nothing is between two separators. */
export const peopleInText = (text: string): string[] =>
  text
    .replace(lookupSeparator, ';')
    .replace(quotedDisplayName, '')
    .replace(addressInParentheses, '<$1>')
    .replace(remark, ' ')
    .split(entrySeparator)
    .flatMap(peopleInEntry);

function peopleInEntry(entry: string): string[] {
  if (!entry.includes('<')) return entry.split(',').map(toName);
  const people: string[] = [];
  for (const [, before = '', inside = ''] of entry.matchAll(bracketed)) {
    const name = toName(inside);
    // The rest of the text before an address is the person's name, which may have a comma in it.
    const others = before.split(',').map(toName).filter(isAddress);
    people.push(...others.filter((other) => other.toLowerCase() !== name.toLowerCase()), name);
  }
  const behind = entry
    .slice(entry.lastIndexOf('>') + 1)
    .split(',')
    .map(toName);
  return [...people, ...behind.filter((name) => name !== '')];
}

/** The address or object id in a text, without what programs put around it; a text that has none stays as it is. */
export function toName(text: string): string {
  const bare = text
    .trim()
    .replace(/^(['"{])(.*)['"}]$/s, '$2')
    .replace(prefix, '')
    .replace(claim, '')
    .replace(/(@[^?]+)\?.*$/, '$1')
    .trim();
  const addresses = bare.split(/\s+/).filter((part) => part.includes('@'));
  const [only] = addresses;
  return addresses.length === 1 && only !== undefined && isAddress(only) ? only : bare;
}

export const isName = (text: string): boolean => isGuid(text) || isAddress(text);

/** Graph's own form, which is read property by property. */
const graphProperties = ['upn', 'identity'];

/** Where other programs keep who somebody is, what names the person best first; in lower case. */
const idProperties = ['objectid', 'azureadobjectid', 'aadobjectid', 'userid', 'oid', 'id'];
const addressProperties = [
  'userprincipalname',
  'claims',
  'loginname',
  'email',
  'mail',
  'emailaddress',
  'address',
];

/**
 * Who is meant by a person of SharePoint, Outlook, Entra or a calendar: an object id, or else an address. Undefined for a
 * person in Graph's own form, and where there is neither.
 */
export function nameInObject(value: unknown): string | undefined {
  if (!isRecord(value) || graphProperties.some((name) => name in value)) return undefined;
  const properties = new Map(
    Object.entries(value).map(([name, given]) => [name.toLowerCase(), given]),
  );
  return [...idProperties, ...addressProperties]
    .map((name) => nameIn(properties.get(name)))
    .find((name) => name !== undefined);
}

/** Also of `{ "emailAddress": { "address": "…" } }`. */
function nameIn(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const name = toName(value);
    return isName(name) ? name : undefined;
  }
  return isRecord(value) ? nameIn(value['address']) : undefined;
}
