import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BatchStatus, Outcome, PreviewedRow } from '../../api/answers';
import { batches } from '../../api/endpoints';
import { hrefOf } from '../../address';
import { sourceOf } from '../../columns/mapping';
import { withNewCodes } from '../../columns/rows/new-codes';
import { haveSameName } from '../../sheet/file-name';
import type { LoadedSheet } from '../../sheet/loaded-sheet';
import { useWords } from '../../words/localization';

interface Props {
  readonly sheet: LoadedSheet;
  readonly rows: readonly PreviewedRow[];
  readonly onChange: (sheet: LoadedSheet) => void;
}

/** Warns of probable mistakes: the same list a second time, or a cancelled one. */
export function Advice({ sheet, rows, onChange }: Props): JSX.Element | null {
  const cancelled = rows.filter(({ error }) => error?.code === 'requestCancelled');
  if (cancelled.length > 0) {
    const numbers = cancelled.map(({ row }) => row);
    const makeNew = (): void => onChange(withNewCodes(sheet, numbers, crypto.randomUUID()));
    return <CancelledBefore count={numbers.length} onMakeNew={makeNew} />;
  }
  if (sourceOf(sheet.mapping, 'requestId').kind !== 'none') return null;
  const has = (outcome: Outcome): boolean =>
    rows.some(({ preview }) => preview?.outcome === outcome);
  // If the file knows some of the meetings, it is the file that was sent: it goes on where a list was stopped.
  return has('create') && !has('unchanged') ? <SentBefore fileName={sheet.file.name} /> : null;
}

/** A changed sheet without codes is another list, so its rows would get second meetings. */
function SentBefore({ fileName }: { readonly fileName: string }): JSX.Element | null {
  const words = useWords();
  const [known, setKnown] = useState<BatchStatus>();
  useEffect(() => {
    const find = (list: readonly BatchStatus[]): void =>
      setKnown(list.find((each) => haveSameName(each.fileName, fileName)));
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

function CancelledBefore({
  count,
  onMakeNew,
}: {
  readonly count: number;
  readonly onMakeNew: () => void;
}): JSX.Element {
  const words = useWords();
  return (
    <div class="notice">
      <p>{words.cancelledBefore(count)}</p>
      <button type="button" onClick={onMakeNew}>
        {words.makeNew}
      </button>
    </div>
  );
}
