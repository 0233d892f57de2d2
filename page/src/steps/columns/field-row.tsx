import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { toLetters } from '../../../../src/workbook/reference';
import { timeTargets } from '../../../../src/batches/intake/sheet/time-columns';
import type { Field } from '../../columns/fields';
import { sourceOf, type Source } from '../../columns/mapping';
import { unknownNames } from '../../columns/placeholders';
import { valueOf } from '../../columns/rows/value-of';
import { shownTime } from '../../columns/time/shown-time';
import type { LoadedSheet } from '../../sheet/loaded-sheet';
import { useWords } from '../../words/localization';

interface Props {
  readonly field: Field;
  readonly sheet: LoadedSheet;
  readonly onChange: (source: Source) => void;
}

/** One field and the source of its value. */
export function FieldRow({ field, sheet, onChange }: Props): JSX.Element {
  const words = useWords();
  const id = useId();
  const { target, isNeeded, choices, isOfRow } = field;
  const name = words.fields[target] ?? target;
  const source = sourceOf(sheet.mapping, target);
  const chosen = toOption(source, choices);
  return (
    <div class="field">
      <label for={id}>
        {name} {isNeeded && <em>{words.needed}</em>}
      </label>
      <select
        id={id}
        value={chosen}
        onChange={({ currentTarget }) => onChange(fromOption(currentTarget.value, sheet))}
      >
        <option value="none">
          {words.none[target] ?? (choices === undefined ? words.notUsed : words.teamsDecides)}
        </option>
        {choices?.map((choice) => (
          <option key={choice} value={`value ${choice}`}>
            {words.choices[`${target} ${choice}`] ?? choice}
          </option>
        ))}
        {sheet.headings.map(({ column, name: heading }) => (
          <option key={column} value={`column ${column}`}>
            {words.columnOption(toLetters(column), heading)}
          </option>
        ))}
        {choices === undefined && isOfRow !== true && (
          <option value="text">{words.sameForAll}</option>
        )}
      </select>
      {source.kind === 'text' && chosen === 'text' && (
        <TextSource name={name} text={source.text} sheet={sheet} onChange={onChange} />
      )}
      {source.kind !== 'none' && choices === undefined && <Example field={field} sheet={sheet} />}
    </div>
  );
}

function toOption(source: Source, choices: readonly string[] | undefined): string {
  if (source.kind === 'column') return `column ${source.column}`;
  if (source.kind === 'none') return 'none';
  return choices?.includes(source.text) === true ? `value ${source.text}` : 'text';
}

function fromOption(option: string, { headings }: LoadedSheet): Source {
  const [kind = '', rest = ''] = option.split(' ');
  if (kind === 'value') return { kind: 'text', text: rest };
  if (kind === 'text') return { kind: 'text', text: '' };
  const column = headings.find((heading) => String(heading.column) === rest)?.column;
  return column === undefined ? { kind: 'none' } : { kind: 'column', column };
}

function TextSource({
  name,
  text,
  sheet,
  onChange,
}: {
  readonly name: string;
  readonly text: string;
  readonly sheet: LoadedSheet;
  readonly onChange: (source: Source) => void;
}): JSX.Element {
  const words = useWords();
  const id = useId();
  return (
    <>
      <input
        type="text"
        aria-label={words.textOf(name)}
        aria-describedby={id}
        value={text}
        onInput={({ currentTarget }) => onChange({ kind: 'text', text: currentTarget.value })}
      />
      <small id={id}>{words.textHint(sheet.headings[0]?.name ?? '')}</small>
      <small class="missing" role="status">
        {unknownNames(text, sheet.headings).map(words.noSuchColumn).join(' ')}
      </small>
    </>
  );
}

function Example({ field, sheet }: Pick<Props, 'field' | 'sheet'>): JSX.Element {
  const words = useWords();
  const [row] = sheet.body;
  const value = row === undefined ? '' : valueOf(field.target, { ...sheet, row });
  const shown = timeTargets.has(field.target) ? shownTime(value) : value;
  return <small>{value === '' ? words.exampleEmpty : words.example(shown)}</small>;
}
