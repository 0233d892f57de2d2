/** Maximum number of rows in a sheet, as in the app. */
export const maxRows = 10_000;
