import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { BatchStatus, RowResult } from '../../api/answers';
import { Notice } from '../../notice';
import { useWords } from '../../words/localization';
import { Dialog } from './dialog';
import { useSendChanges } from './use-send-changes';

interface Props {
  readonly status: BatchStatus;
  readonly row: RowResult;
  readonly onClose: () => void;
}

/** Moves or cancels one meeting. Each change is a new list with one row. */
export function ChangeDialog({ status, row: result, onClose }: Props): JSX.Element {
  const words = useWords();
  const { row, requestId, meeting } = result;
  const { startDateTime = '', endDateTime = '', subject = '' } = meeting ?? {};
  const start = localParts(new Date(startDateTime));
  const [day, setDay] = useState(start.day);
  const [clock, setClock] = useState(start.clock);
  const { send, isSending, error } = useSendChanges(words.changeName(status.fileName, row));
  const change = (request: Readonly<Record<string, unknown>>): void =>
    send([{ row, request: { requestId, ...request } }]);
  const move = (): void =>
    change({
      action: 'update',
      timeZone: timeZone(),
      durationMinutes: (Date.parse(endDateTime) - Date.parse(startDateTime)) / 60_000,
      meeting: { startDateTime: `${day}T${clock}` },
    });
  const actions = (
    <>
      <button
        type="button"
        class="primary"
        disabled={isSending || day === '' || clock === ''}
        onClick={move}
      >
        {words.move}
      </button>
      <button
        type="button"
        class="danger"
        disabled={isSending}
        onClick={() => change({ action: 'cancel' })}
      >
        {words.cancelOne}
      </button>
    </>
  );
  return (
    <Dialog title={`${words.changeRow(row)}: ${subject}`} actions={actions} onClose={onClose}>
      {error !== undefined && <Notice kind="error" error={error} />}
      <TimeInput type="date" name={words.newDay} value={day} onChange={setDay} />
      <TimeInput type="time" name={words.newTime} value={clock} onChange={setClock} />
      <p class="assurance">{words.changeHint}</p>
    </Dialog>
  );
}

/** The time in the browser's time zone: `2030-01-15` and `14:00`. */
function localParts(time: Date): { readonly day: string; readonly clock: string } {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return { day, clock: `${two(time.getHours())}:${two(time.getMinutes())}` };
}

const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

function TimeInput({
  type,
  name,
  value,
  onChange,
}: {
  readonly type: 'date' | 'time';
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): JSX.Element {
  return (
    <label class="inline">
      {name}{' '}
      <input
        type={type}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {type === 'time' && <small> ({timeZone()})</small>}
    </label>
  );
}
