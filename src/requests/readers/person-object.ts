import { isRecord } from './scalar';
import { isName, toName } from './person-text';

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
