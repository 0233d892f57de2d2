import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { batches, type BatchStatus, type Outcome, type PreviewedRow } from '../api';
import { hrefOf } from '../address';
import { sourceOf } from '../columns/mapping';
import type { LoadedSheet } from '../sheet/loaded-sheet';
import { useWords } from '../words-context';

interface Props {
  readonly sheet: LoadedSheet;
  readonly rows: readonly PreviewedRow[];
  readonly onChange: (sheet: LoadedSheet) => void;
}

/** Warns of probable mistakes: the same list a second time, or a cancelled one. */
export function Advice({ sheet, rows, onChange }: Props): JSX.Element | null {
  if (sourceOf(sheet.mapping, 'requestId').kind !== 'none') return null;
  if (rows.some(({ error }) => error?.code === 'requestCancelled'))
    return <CancelledBefore sheet={sheet} onChange={onChange} />;
  const has = (outcome: Outcome): boolean =>
    rows.some(({ preview }) => preview?.outcome === outcome);
  // If the file knows some of the meetings, it is the file that was sent: it goes on where a list was stopped.
  return has('create') && !has('unchanged') ? <SentBefore fileName={sheet.file.name} /> : null;
}

/** The name without additions of the page or a browser. */
const baseOf = (fileName: string): string =>
  fileName
    .replace(/\.\w{2,4}$/, '')
    .replace(/ \(\d+\)$/, '')
    .replace(/ – Teams$/, '');

/** A changed sheet without codes is another list, so its rows would get second meetings. */
function SentBefore({ fileName }: { readonly fileName: string }): JSX.Element | null {
  const words = useWords();
  const [known, setKnown] = useState<BatchStatus>();
  useEffect(() => {
    const find = (list: readonly BatchStatus[]): void =>
      setKnown(list.find((each) => baseOf(each.fileName) === baseOf(fileName)));
    // Without an answer, there is no advice.
    batches().then(find, () => undefined);
  }, [fileName]);
  if (known === undefined) return null;
  return (
    <p class="notice">
      {words.sentBefore} <a href={hrefOf({ name: 'batch', id: known.batchId })}>{known.fileName}</a>
    </p>
  );
}

function CancelledBefore({ sheet, onChange }: Omit<Props, 'rows'>): JSX.Element {
  const words = useWords();
  const makeNew = (): void => onChange({ ...sheet, listId: crypto.randomUUID() });
  return (
    <div class="notice">
      <p>{words.cancelledBefore}</p>
      <button type="button" onClick={makeNew}>
        {words.makeNew}
      </button>
    </div>
  );
}
