/** Convoke's own limit, in characters: Graph documents none for any text of a meeting. */
export const longestText = 4096;

/** Limit of a Teams meeting: https://learn.microsoft.com/microsoftteams/limits-specifications-teams */
export const mostAttendees = 1000;

export const longestRequestId = 256;

/** A user principal name or an e-mail address. */
export const longestAddress = 320;

export const longestLanguage = 128;

/** Thirty days. */
export const longestDurationMinutes = 43_200;

/** Convoke's own limit, in characters: Graph documents none. */
export const longestExternalId = 200;
