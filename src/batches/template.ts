import type { NewColumn, NewSheet } from '../workbook';
import { toRecord } from './results/csv-cell';

interface TemplateColumn extends NewColumn {
  /** Value in the example row; a time as the serial number that spreadsheets store, and as text. */
  readonly example: string | { readonly serial: number; readonly text: string };
}

/** The columns that most sheets need. No real tenant has the example's organizer, so the example makes no meeting there. */
const columns: readonly TemplateColumn[] = [
  { name: 'requestId', width: 16, form: 'text', example: 'evening-4a' },
  { name: 'organizer', width: 26, form: 'text', example: 'anna@contoso.com' },
  { name: 'subject', width: 32, form: 'text', example: 'Parent evening 4a' },
  {
    name: 'startDateTime',
    width: 18,
    form: 'dateTime',
    example: { serial: 55_123.75, text: '2050-12-01 18:00' },
  },
  { name: 'durationMinutes', width: 16, example: '45' },
  { name: 'timeZone', width: 18, form: 'text', example: 'Europe/Lisbon' },
  { name: 'attendees', width: 40, form: 'text', example: 'ben@contoso.com; carla@contoso.com' },
  { name: 'lobbyBypassSettings.scope', width: 26, form: 'text', example: 'everyone' },
];

const textOf = ({ example }: TemplateColumn): string =>
  typeof example === 'string' ? example : example.text;

/** The template as a sheet: the headings and one example row. */
export const templateSheet = (): NewSheet => ({
  name: 'Meetings',
  columns,
  rows: [columns.map(({ example }) => (typeof example === 'string' ? example : example.serial))],
});

/** The template as CSV, with a byte order mark so that Excel reads it as UTF-8. */
export const templateCsv = (): string =>
  `\uFEFF${[columns.map(({ name }) => name), columns.map(textOf)].map((cells) => toRecord(cells, ',')).join('')}`;
