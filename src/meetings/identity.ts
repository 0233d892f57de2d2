const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One @, something on both sides, and nothing that would end or split the name in a URL, a filter or a list. */
const address = /^[^\s\p{C}@"<>()[\]\\,;:|*/?]+@[^\s\p{C}@"<>()[\]\\,;:|*/?]+$/u;

const longestAddress = 320;

/** Whether a text has the form of an object id. */
export const isGuid = (text: string): boolean => guid.test(text);

/** Whether a text has the form of a user principal name or an e-mail address. */
export const isAddress = (text: string): boolean => text.length <= longestAddress && address.test(text);
