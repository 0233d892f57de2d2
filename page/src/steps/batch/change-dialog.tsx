import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { BatchStatus, RowResult } from '../../answers';
import { submit } from '../../api';
import { go } from '../../address';
import { Notice } from '../../notice';
import { useWords } from '../../words/localization';

interface Props {
  readonly status: BatchStatus;
  readonly row: RowResult;
  readonly onClose: () => void;
}

/** The time in the browser's time zone: `2030-01-15` and `14:00`. */
function localParts(time: Date): { readonly day: string; readonly clock: string } {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return { day, clock: `${two(time.getHours())}:${two(time.getMinutes())}` };
}

const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Moves or cancels one meeting. Each change is a new list with one row. */
export function ChangeDialog({ status, row, onClose }: Props): JSX.Element {
  const words = useWords();
  const { requestId, meeting } = row;
  const { startDateTime = '', endDateTime = '', subject = '' } = meeting ?? {};
  const parts = localParts(new Date(startDateTime));
  const minutes = (Date.parse(endDateTime) - Date.parse(startDateTime)) / 60_000;
  const [day, setDay] = useState(parts.day);
  const [clock, setClock] = useState(parts.clock);
  const { send, isSending, error } = useSend(status, row);
  const time = { startDateTime: `${day}T${clock}` };
  const change = { action: 'update', requestId, timeZone: timeZone(), durationMinutes: minutes };
  return (
    <Dialog title={`${words.changeRow(row.row)}: ${subject}`} onClose={onClose}>
      {error !== undefined && <Notice kind="error" error={error} />}
      <label class="inline">
        {words.newDay}{' '}
        <input
          type="date"
          value={day}
          onInput={({ currentTarget }) => setDay(currentTarget.value)}
        />
      </label>
      <label class="inline">
        {words.newTime}{' '}
        <input
          type="time"
          value={clock}
          onInput={({ currentTarget }) => setClock(currentTarget.value)}
        />{' '}
        <small>({timeZone()})</small>
      </label>
      <p class="assurance">{words.changeHint}</p>
      <div class="actions">
        <button
          type="button"
          class="primary"
          disabled={isSending || day === '' || clock === ''}
          onClick={() => send({ ...change, meeting: time })}
        >
          {words.move}
        </button>
        <button
          type="button"
          class="danger"
          disabled={isSending}
          onClick={() => send({ action: 'cancel', requestId })}
        >
          {words.cancelOne}
        </button>
        <button type="button" onClick={onClose}>
          {words.keep}
        </button>
      </div>
    </Dialog>
  );
}

function useSend(
  { fileName }: BatchStatus,
  { row }: RowResult,
): {
  readonly send: (request: Readonly<Record<string, unknown>>) => void;
  readonly isSending: boolean;
  readonly error: unknown;
} {
  const words = useWords();
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const fail = (thrown: unknown): void => {
    setSending(false);
    setError(thrown);
  };
  const send = (request: Readonly<Record<string, unknown>>): void => {
    setSending(true);
    const sheet = { fileName: words.changeName(fileName, row), header: [], columns: {} };
    submit({ ...sheet, rows: [{ row, request }] }).then(
      ({ batchId }) => go({ name: 'batch', id: batchId }),
      fail,
    );
  };
  return { send, isSending, error };
}

function Dialog({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
