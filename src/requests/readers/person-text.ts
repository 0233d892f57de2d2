import { isAddress, isGuid } from '../identity';

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

/** The people in a text such as a mail program copies, with blanks where nothing stands between two separators. */
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
    // The rest of what stands before an address is the person's name, which may have a comma in it.
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
