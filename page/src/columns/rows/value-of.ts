import { textFor } from '../../../../src/batches/intake/sheet/cell-text';
import { fromCell } from '../../../../src/batches/results/csv-cell';
import type { ColumnTarget } from '../../../../src/requests/column-names';
import type { MappedRow } from '../mapped-sheet';
import { sourceOf } from '../mapping';
import { fillIn } from '../placeholders';
import { cellAt } from './cells';

/** The value of a field in a row; blank if empty. */
export function valueOf(
  target: ColumnTarget,
  { headings, row, mapping, corrections }: MappedRow,
): string {
  const source = sourceOf(mapping, target);
  if (source.kind === 'none') return '';
  const textAt = (column: number): string => {
    const cell = cellAt(row, column, corrections);
    return cell === undefined ? '' : fromCell(textFor(target, cell)).trim();
  };
  if (source.kind === 'column') return textAt(source.column);
  return fillIn(source.text, headings, textAt).trim();
}
