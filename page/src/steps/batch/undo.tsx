import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { BatchStatus, RowResult } from '../../api/answers';
import { Notice } from '../../notice';
import { useWords } from '../../words/localization';
import { Dialog } from './dialog';
import { hasMeeting } from './has-meeting';
import { useSendChanges } from './use-send-changes';

interface Props {
  readonly status: BatchStatus;
  readonly rows: readonly RowResult[];
}

/** Cancels every meeting of a list, after a confirmation. The cancellation is a new list. */
export function Undo({ status, rows }: Props): JSX.Element | null {
  const words = useWords();
  const [isAsking, setAsking] = useState(false);
  const { send, isSending, error } = useSendChanges(words.undoName(status.fileName));
  const made = rows.filter(hasMeeting);
  if (made.length === 0) return null;
  const cancel = (): void =>
    send(made.map(({ row, requestId }) => ({ row, request: { action: 'cancel', requestId } })));
  const confirm = (
    <button type="button" class="danger" disabled={isSending} onClick={cancel}>
      {words.undoSure(made.length)}
    </button>
  );
  return (
    <>
      <p>
        <button type="button" class="danger" onClick={() => setAsking(true)}>
          {words.undo}
        </button>
      </p>
      {isAsking && (
        <Dialog title={words.undo} actions={confirm} onClose={() => setAsking(false)}>
          {error !== undefined && <Notice kind="error" error={error} />}
          <p>{words.undoHint}</p>
        </Dialog>
      )}
    </>
  );
}
