import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BatchStatus, RowResult } from '../../api/answers';
import { download, results, retry } from '../../api/endpoints';
import { reasonsOf } from '../../columns/problems/reasons';
import { canBeRetried } from './can-be-retried';
import { Notice } from '../../notice';
import { resultsNameFor, sheetNameFor } from '../../sheet/file-name';
import { useWords } from '../../words/localization';
import { Meetings } from './meetings';
import { Undo } from './undo';

/** Maximum number of rows shown; the sheet has all of them. */
const maxShown = 200;

/** The results: the sheet to download, the links, and the rows without a meeting. */
export function Results({
  status,
  onRetry,
}: {
  readonly status: BatchStatus;
  /** Called when the failed rows are being tried again. */
  readonly onRetry: () => void;
}): JSX.Element {
  const words = useWords();
  const [rows, setRows] = useState<readonly RowResult[]>();
  const [error, setError] = useState<unknown>();
  const { batchId, counts, fileName, hasSheet, hasWorkbook } = status;
  useEffect(() => {
    results(batchId, counts.total).then(setRows, setError);
  }, [status]);
  const save = async (): Promise<void> => {
    const format = hasWorkbook ? 'xlsx' : 'csv';
    const name = hasSheet ? sheetNameFor(fileName, format) : resultsNameFor(fileName);
    try {
      saveAs(await download(batchId, format), name);
    } catch (thrown) {
      setError(thrown);
    }
  };
  const wrong = rows?.filter(({ error: why }) => why !== null) ?? [];
  return (
    <>
      {error !== undefined && <Notice kind="error" error={error} />}
      <div class="actions">
        <button type="button" class="primary" onClick={() => void save()}>
          {hasSheet ? words.download : words.downloadChange}
        </button>
        {rows !== undefined && <CopyLinks rows={rows} />}
      </div>
      {hasSheet && <p class="assurance">{words.nextTime}</p>}
      {wrong.length > 0 && (
        <>
          <NotMade rows={wrong} />
          {canBeRetried(status, wrong) && (
            <p>
              <button type="button" onClick={() => void retry(batchId).then(onRetry, setError)}>
                {words.retryFailed}
              </button>
            </p>
          )}
        </>
      )}
      {rows !== undefined && (
        <>
          <Meetings status={status} rows={rows} />
          <Undo status={status} rows={rows} />
        </>
      )}
    </>
  );
}

function saveAs(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function CopyLinks({ rows }: { readonly rows: readonly RowResult[] }): JSX.Element {
  const words = useWords();
  const [isCopied, setCopied] = useState(false);
  const links = rows.flatMap(({ meeting }) => meeting?.joinWebUrl ?? []);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(links.join('\n'));
    setCopied(true);
  };
  return (
    <>
      <button type="button" disabled={links.length === 0} onClick={() => void copy()}>
        {words.copyLinks}
      </button>
      <span role="status">{isCopied && words.copied}</span>
    </>
  );
}

function NotMade({ rows }: { readonly rows: readonly RowResult[] }): JSX.Element {
  const words = useWords();
  return (
    <>
      <h2>{words.notMade}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={words.notMade}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.row}</th>
              <th scope="col">{words.why}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, maxShown).map(({ row, error }) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                <td>{error !== null && reasonsOf(error, words).join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
