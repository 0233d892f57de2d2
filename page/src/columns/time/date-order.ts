import { dayIn } from '../../../../src/requests/time/join-date-and-time';
import { dateOrders, readDate, type DateOrder } from '../../../../src/requests/time/written-date';
import type { Cell } from '../../../../src/workbook/read/sheet-rows';

/** Orders of day, month and year in which all dates of a column are valid; undefined if no date needs an order. */
export function possibleOrders(cells: readonly Cell[]): readonly DateOrder[] | undefined {
  const written = cells.filter(({ kind }) => kind === 'text').map(({ text }) => dayIn(text.trim()));
  const needsOrder = (text: string): boolean => {
    const kind = readDate(text)?.kind;
    return kind === 'ambiguous' || kind === 'shortYear';
  };
  if (!written.some(needsOrder)) return undefined;
  return dateOrders.filter((order) =>
    written.every((text) => {
      const date = readDate(text, order);
      // A wrong day of the week is the fault of its cell.
      if (date?.kind === 'otherWeekday') return true;
      return date === undefined || (date.kind === 'day' && date.day !== undefined);
    }),
  );
}
