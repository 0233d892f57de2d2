import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { BatchStatus, RowResult } from '../../api/answers';
import { useLocalization } from '../../words/localization';
import { ChangeDialog } from './change-dialog';
import { hasMeeting } from './has-meeting';

/** Maximum number of rows shown; a search finds the others. */
const maxShown = 100;

interface Props {
  readonly status: BatchStatus;
  readonly rows: readonly RowResult[];
}

/** Each meeting of a list, to move or cancel it alone. */
export function Meetings({ status, rows }: Props): JSX.Element | null {
  const { words } = useLocalization();
  const [isOpen, setOpen] = useState(false);
  const made = rows.filter(hasMeeting);
  if (made.length === 0) return null;
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.eachMeeting(made.length)}</summary>
      {isOpen && <Table status={status} rows={made} />}
    </details>
  );
}

function Table({ status, rows }: Props): JSX.Element {
  const { words, locale } = useLocalization();
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState<RowResult>();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const startName = `${words.properties['startDateTime']} (${time.resolvedOptions().timeZone})`;
  const textsOf = ({ row, meeting }: RowResult): readonly string[] => {
    const { startDateTime } = meeting ?? {};
    const start = startDateTime === undefined ? '' : time.format(new Date(startDateTime));
    return [String(row), meeting?.subject ?? '', start];
  };
  const found = rows
    .map((row) => [row, textsOf(row)] as const)
    .filter(([, texts]) => texts.join(' ').toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <>
      <label class="inline">
        {words.find}{' '}
        <input
          type="search"
          value={wanted}
          onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      </label>
      <div class="scroll" tabIndex={0} role="region" aria-label={words.eachMeeting(rows.length)}>
        <table>
          <thead>
            <tr>
              {[words.row, words.properties['subject'], startName].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">{words.change}</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, maxShown).map(([row, [number, subject, start]]) => (
              <tr key={row.requestId}>
                <th scope="row">{number}</th>
                <td>{subject}</td>
                <td>{start}</td>
                <td>
                  <button
                    type="button"
                    aria-label={words.changeRow(row.row)}
                    onClick={() => setChosen(row)}
                  >
                    {words.change}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length > maxShown && <p>{words.andMore(found.length - maxShown)}</p>}
      {chosen !== undefined && (
        <ChangeDialog status={status} row={chosen} onClose={() => setChosen(undefined)} />
      )}
    </>
  );
}
