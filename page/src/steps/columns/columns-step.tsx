import type { JSX } from 'preact';
import type { Caller } from '../../api/answers';
import { go, hrefOf } from '../../address';
import {
  calendarFields,
  mainFields,
  moreFields,
  poolField,
  type Field,
} from '../../columns/fields';
import { sourceOf, withSource, type Mapping } from '../../columns/mapping';
import { remember } from '../../columns/remembered';
import { missingIn, type Missing } from '../../columns/missing';
import { PageHeading } from '../../page-heading';
import { withDateOrder, type LoadedSheet } from '../../sheet/loaded-sheet';
import { useWords } from '../../words/localization';
import type { Words } from '../../words/english';
import { FieldRow } from './field-row';
import { HeaderRow } from './header-row';
import { DateOrderChoice, ZoneChoice } from './time-choices';

interface Props {
  readonly sheet: LoadedSheet;
  readonly caller: Caller;
  readonly onChange: (sheet: LoadedSheet) => void;
}

/** Step 2: the meaning of the columns. */
export function ColumnsStep({ sheet, caller, onChange }: Props): JSX.Element {
  const words = useWords();
  const missing = missingIn(sheet, caller.ownOnly);
  const setMapping = (mapping: Mapping): void =>
    onChange({ ...sheet, mapping: withDateOrder(sheet, mapping) });
  const next = (): void => {
    remember(sheet.headings, sheet.mapping);
    go('check');
  };
  const fieldRow = (field: Field): JSX.Element => (
    <FieldRow
      key={field.target}
      field={field}
      sheet={sheet}
      onChange={(source) => setMapping(withSource(sheet.mapping, field.target, source))}
    />
  );
  const shown = mainFieldsFor(caller, sheet.mapping);
  return (
    <>
      <PageHeading text={words.columnsTitle} step={2} />
      <p class="lead">{words.columnsLead(sheet.body.length)}</p>
      {caller.ownOnly && <p class="assurance">{words.ownOnly(caller.name)}</p>}
      <HeaderRow sheet={sheet} onChange={onChange} />
      <div class="fields">{shown.map(fieldRow)}</div>
      <ZoneChoice mapping={sheet.mapping} onChange={setMapping} />
      <DateOrderChoice sheet={sheet} onChange={setMapping} />
      {caller.hasCalendars && (
        <div class="fields">{calendarFieldsOf(sheet.mapping).map(fieldRow)}</div>
      )}
      <details>
        <summary>{words.moreOptions}</summary>
        <div class="fields">{moreFields.map(fieldRow)}</div>
      </details>
      <p class="missing" role="status">
        {missing.length > 0 &&
          words.missingFields(missing.map((each) => nameOf(each, words)).join(', '))}
      </p>
      <div class="actions">
        <a class="button" href={hrefOf('file')}>
          {words.back}
        </a>
        <button type="button" class="primary" disabled={missing.length > 0} onClick={next}>
          {words.next}
        </button>
      </div>
    </>
  );
}

/** The main fields: without the organizer for people who may only make their own meetings, and with the pool if there are pools. */
const mainFieldsFor = ({ ownOnly, pools }: Caller, mapping: Mapping): readonly Field[] =>
  mainFields.flatMap((field) => {
    if (field.target !== 'organizer') return field;
    if (ownOnly) return [];
    if (pools.length === 0) return field;
    const isNeeded = sourceOf(mapping, 'organizerPool').kind === 'none';
    return [{ ...field, isNeeded }, poolField(pools)];
  });

const calendarFieldsOf = (mapping: Mapping): readonly Field[] =>
  sourceOf(mapping, 'calendar.enabled').kind === 'none' ? [calendarFields[0]] : calendarFields;

function nameOf(missing: Missing, words: Words): string {
  if (missing === 'durationOrEnd') return words.durationOrEnd;
  if (missing === 'dateOrder') return words.dateOrderNeeded;
  return words.fields[missing] ?? missing;
}
