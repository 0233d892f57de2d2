/** Convoke's own limit, in characters: Graph documents none for any text of a meeting. */
export const maxTextLength = 4096;

/** Limit of a Teams meeting: https://learn.microsoft.com/microsoftteams/limits-specifications-teams */
export const maxAttendees = 1000;

/** Convoke's own limit, in characters. */
export const maxRequestIdLength = 256;

/** A user principal name or an email address. */
export const maxAddressLength = 320;

/** Maximum length of a pool name, in characters. */
export const maxPoolNameLength = 64;

/** Convoke's own limit for a value of Accept-Language, in characters. */
export const maxLanguageLength = 128;

/** In minutes: thirty days. */
export const maxDurationMinutes = 43_200;

/** Convoke's own limit, in characters: Graph documents none. */
export const maxExternalIdLength = 200;
