import { plainName } from '../plain-name';

const languages = ['en', 'de', 'de-AT', 'fr', 'es', 'pt', 'pt-BR'];
const styles = ['long', 'short'] as const;
/** Abbreviations in calendars and spreadsheets besides those of the runtime. */
const otherMonths: Readonly<Record<string, number>> = {
  mrz: 3,
  sept: 9,
  janv: 1,
  fevr: 2,
  avr: 4,
  juil: 7,
  ene: 1,
  abr: 4,
  ago: 8,
  dic: 12,
};
const otherWeekdays = [
  ...['tues', 'weds', 'thur', 'thurs', 'sonnabend'],
  ...['segunda', 'terca', 'quarta', 'quinta', 'sexta'],
];
/** A day in each month of a year, and a week. */
const inEachMonth = Array.from({ length: 12 }, (_, month) => Date.UTC(2030, month, 1));
const week = Array.from({ length: 7 }, (_, day) => Date.UTC(2030, 0, day + 1));

let months: ReadonlyMap<string, number> | undefined;
let weekdays: ReadonlySet<string> | undefined;

/** The number of the month, from 1, with this name in English, German, French, Spanish or Portuguese. */
export function monthOf(name: string): number | undefined {
  months ??= new Map([...Object.entries(otherMonths), ...namesOfRuntime('month', inEachMonth)]);
  return months.get(plainName(name));
}

/** Whether this is the name of a day of the week, or its abbreviation, in one of these languages. */
export function isWeekday(name: string): boolean {
  const ofRuntime = (): string[] => namesOfRuntime('weekday', week).map(([each]) => each);
  weekdays ??= new Set([...otherWeekdays, ...ofRuntime()]);
  return weekdays.has(plainName(name));
}

/** The names of the parts of some dates, and the number of each date, from 1. */
const namesOfRuntime = (part: 'month' | 'weekday', dates: readonly number[]): [string, number][] =>
  languages.flatMap((language) =>
    styles.flatMap((style) => {
      const format = new Intl.DateTimeFormat(language, { [part]: style, timeZone: 'UTC' });
      return dates.map((date, index): [string, number] => [
        plainName(format.format(date)),
        index + 1,
      ]);
    }),
  );
