import type { Readers } from '../../../page/src/sheet/open-file';
import { openText } from '../../../page/src/sheet/open-text';
import { openWorkbook } from '../../../page/src/sheet/open-workbook';

/** The readers of the page, already loaded. */
export const loadedReaders: Readers = {
  workbook: async () => openWorkbook,
  text: async () => openText,
};
