import { maxAddressLength } from './limits';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One @ with text on both sides, and no character that would end or split the name in a URL, a filter or a list. */
const address = /^[^\s\p{C}@"<>()[\]\\,;:|*/?]+@[^\s\p{C}@"<>()[\]\\,;:|*/?]+$/u;

/** Whether a text has the form of an object id. */
export const isGuid = (text: string): boolean => guid.test(text);

/** Whether a text has the form of a user principal name or an email address. */
export const isAddress = (text: string): boolean =>
  text.length <= maxAddressLength && address.test(text);

/** A person, as in a request or in Graph's answers. */
interface Person {
  readonly upn?: string | null | undefined;
  readonly identity?:
    | { readonly user?: { readonly id?: string | null | undefined } | null | undefined }
    | null
    | undefined;
}

/** The names that identify a person, in lower case: object id first, then user principal name. */
export const namesOf = ({ upn, identity }: Person): string[] =>
  [identity?.user?.id, upn].flatMap((name) =>
    typeof name === 'string' ? [name.toLowerCase()] : [],
  );
