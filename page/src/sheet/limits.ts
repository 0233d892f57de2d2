/** Rows of one sheet; the app takes no more from the page. */
export const maxRows = 10_000;
