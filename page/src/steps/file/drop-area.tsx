import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useWords } from '../../words/localization';

interface Props {
  readonly onFile: (file: File) => void;
}

/** The area that takes a file: dropped on it, or chosen. */
export function DropArea({ onFile }: Props): JSX.Element {
  const words = useWords();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null | undefined): void => {
    const [file] = files ?? [];
    if (file !== undefined) onFile(file);
  };
  return (
    <label
      class={`drop ${isOver ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <strong>{words.choose}</strong>
      <span>{words.drop}</span>
      <input
        type="file"
        accept=".xlsx,.xlsm,.csv,.txt,.tsv"
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          // Lets people choose the same file again after a change.
          currentTarget.value = '';
        }}
      />
    </label>
  );
}
