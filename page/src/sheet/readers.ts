import type { Readers } from './open-file';

/** The readers are a third of the page's code, and a visit needs only one of them: each is a file of its own. */
export const readers: Readers = {
  workbook: async () => (await import('./open-workbook')).openWorkbook,
  text: async () => (await import('./open-text')).openText,
};
