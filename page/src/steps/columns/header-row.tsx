import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { loadSheet, maxRows, type LoadedSheet } from '../../sheet/loaded-sheet';
import { useWords } from '../../words/localization';

interface Props {
  readonly sheet: LoadedSheet;
  readonly onChange: (sheet: LoadedSheet) => void;
}

/** Asks for the row with the headings. */
export function HeaderRow({ sheet, onChange }: Props): JSX.Element {
  const words = useWords();
  const [problem, setProblem] = useState('');
  const change = (row: number): void => {
    const loaded = loadSheet(sheet.file, sheet.sheetName, row);
    if (loaded === 'empty') setProblem(words.noHeadings(row, sheet.headerRow));
    else if (loaded === 'tooManyRows') setProblem(words.tooManyRows(maxRows));
    else {
      setProblem('');
      onChange(loaded);
    }
  };
  return (
    <>
      <label class="inline">
        {words.headerRow}{' '}
        <input
          type="number"
          min={1}
          value={sheet.headerRow}
          onChange={({ currentTarget }) => {
            const text = currentTarget.value;
            // The row that counts, until another one is accepted.
            currentTarget.value = String(sheet.headerRow);
            if (text !== '') change(Number(text));
          }}
        />
      </label>
      {problem !== '' && (
        <p class="notice error" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
