import { isAddress, isGuid } from '../identity';
import { isRecord } from './scalar';

/** Separator of the values in a SharePoint lookup such as `17;#Anna;#anna@contoso.com`. */
const lookupSeparator = /\d*;#/g;
const quotedDisplayName = /"[^"]*"\s*(?=<)/g;
const addressInParentheses = /\(([^()\s]+@[^()\s]+)\)/g;
const remark = /\s\([^()@]*\)/g;
const entrySeparator = /[;\r\n]/;
const bracketed = /([^<>]*)<([^<>]*)>/g;
const prefix = /^(?:mailto|smtp|sip):/i;
/** A SharePoint login name: https://learn.microsoft.com/sharepoint/troubleshoot/sites/user-login-name-format */
const claim = /^i:0[^|]*\|(?:[^|]*\|)*/i;

/** The people in a text, in the format that email programs copy. Blank between two adjacent separators. */
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
    // The rest of the text before an address is the person's name, which may contain a comma.
    const others = before.split(',').map(toName).filter(isAddress);
    people.push(...others.filter((other) => other.toLowerCase() !== name.toLowerCase()), name);
  }
  const behind = entry
    .slice(entry.lastIndexOf('>') + 1)
    .split(',')
    .map(toName);
  return [...people, ...behind.filter((name) => name !== '')];
}

/** The address or object id in a text, without the syntax around it; the unchanged text if it has none. */
function toName(text: string): string {
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

/** Whether the text is an object id or an address, by which Graph can find a user. */
export const isName = (text: string): boolean => isGuid(text) || isAddress(text);

/** Graph's own format, which is read property by property. */
const graphProperties = ['upn', 'identity'];

/** Properties with the object id of a person in other programs, best first, in lower case. */
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
 * The object id, otherwise the address, of a person in the format of SharePoint, Outlook, Entra or a calendar.
 * Undefined for Graph's own format, and if there is neither.
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

/** Also reads `{ "emailAddress": { "address": "…" } }`. */
function nameIn(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const name = toName(value);
    return isName(name) ? name : undefined;
  }
  return isRecord(value) ? nameIn(value['address']) : undefined;
}
