import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { BatchStatus, RowResult } from '../../answers';
import { submit } from '../../api';
import { go } from '../../address';
import { Notice } from '../../notice';
import { useWords } from '../../words/localization';
import { hasMeeting } from './has-meeting';

/** Cancels every meeting of a list, after a confirmation. The cancellation is a new list. */
export function Undo({
  status,
  rows,
}: {
  readonly status: BatchStatus;
  readonly rows: readonly RowResult[];
}): JSX.Element | null {
  const words = useWords();
  const [state, setState] = useState<'idle' | 'asking' | 'sending' | { readonly error: unknown }>(
    'idle',
  );
  const made = rows.filter(hasMeeting);
  if (made.length === 0) return null;
  const cancel = async (): Promise<void> => {
    setState('sending');
    try {
      const rowsToCancel = made.map(({ row, requestId }) => ({
        row,
        request: { action: 'cancel', requestId },
      }));
      const sheet = { fileName: words.undoName(status.fileName), rows: rowsToCancel };
      const { batchId } = await submit({ ...sheet, header: [], columns: {} });
      go({ name: 'batch', id: batchId });
    } catch (error) {
      setState({ error });
    }
  };
  if (state === 'idle')
    return (
      <p>
        <button type="button" class="danger" onClick={() => setState('asking')}>
          {words.undo}
        </button>
      </p>
    );
  return (
    <div class="notice">
      {typeof state === 'object' && <Notice kind="error" error={state.error} />}
      <p>{words.undoHint}</p>
      <div class="actions">
        <button
          type="button"
          class="danger"
          disabled={state === 'sending'}
          onClick={() => void cancel()}
        >
          {words.undoSure(made.length)}
        </button>
        <button type="button" onClick={() => setState('idle')}>
          {words.keep}
        </button>
      </div>
    </div>
  );
}
