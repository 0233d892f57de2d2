import { setImmediate as yieldControl } from 'node:timers/promises';
import type { OpenedWorkbook, Workbooks } from '../batches/ports';
import { MeetingError } from '../errors/meeting-error';
import type * as Library from '../workbook';
import type { Sheet, SheetRow, Workbook, WorkbookLimits } from '../workbook';

/** Number of rows after which other work may run. */
const rowsBetweenYields = 200;

/** Loaded with the first workbook, so that single meetings and CSV do not wait for it. */
const library = (): typeof Library => require('../workbook') as typeof Library;

/** Maximum memory for reading a workbook, in bytes for each inflated byte: docs/batches.md#how-large-a-list-may-be */
const memoryOfByte = 8;

/**
 * Reads and writes workbooks, and translates their faults into a MeetingError. Refuses a workbook that does not fit
 * into the free memory (in bytes).
 */
export const makeWorkbooks = (freeMemory: () => number): Workbooks => ({
  open: (bytes) => opened(translated(() => new (library().Workbook)(bytes, limits(freeMemory())))),
  async addColumns(bytes, added) {
    try {
      return await library().addColumns(bytes, added, yieldControl);
    } catch (thrown) {
      throw toError(thrown);
    }
  },
  create: (sheet) => library().newWorkbook(sheet),
});

function limits(freeMemory: number): WorkbookLimits {
  const { workbookLimits } = library();
  return {
    ...workbookLimits,
    maxBytes: Math.min(workbookLimits.maxBytes, freeMemory / memoryOfByte),
  };
}

const opened = (workbook: Workbook): OpenedWorkbook => ({
  sheets: workbook.sheets,
  extension: workbook.extension,
  rows: (sheet) => rowsOf(workbook, sheet),
  merges: (sheet) => translated(() => workbook.merges(sheet)),
});

async function* rowsOf(workbook: Workbook, sheet: Sheet): AsyncGenerator<SheetRow> {
  try {
    let count = 0;
    for (const row of workbook.rows(sheet)) {
      yield row;
      count += 1;
      if (count % rowsBetweenYields === 0) await yieldControl();
    }
  } catch (thrown) {
    throw toError(thrown);
  }
}

function translated<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw toError(thrown);
  }
}

function toError(thrown: unknown): unknown {
  if (!(thrown instanceof library().WorkbookError)) return thrown;
  const { kind, message, remedy } = thrown;
  if (kind === 'tooLarge') return new MeetingError('requestTooLarge', message, { remedy });
  const target = '$';
  return new MeetingError('invalidRequest', message, {
    target,
    remedy,
    details: [{ code: 'invalidWorkbook', target, message }],
  });
}
