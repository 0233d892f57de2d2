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
const otherWeekdays: Readonly<Record<string, number>> = {
  tues: 2,
  weds: 3,
  thur: 4,
  thurs: 4,
  sonnabend: 6,
  segunda: 1,
  terca: 2,
  quarta: 3,
  quinta: 4,
  sexta: 5,
};
/** A day in each month of a year, and a week from Monday. */
const inEachMonth = Array.from({ length: 12 }, (_, month) => Date.UTC(2030, month, 1));
const week = Array.from({ length: 7 }, (_, day) => Date.UTC(2030, 0, day + 7));

let months: ReadonlyMap<string, number> | undefined;
let weekdays: ReadonlyMap<string, number> | undefined;

/** The number of the month, from 1, with this name in English, German, French, Spanish or Portuguese. */
export function monthOf(name: string): number | undefined {
  months ??= new Map([...Object.entries(otherMonths), ...namesOfRuntime('month', inEachMonth)]);
  return months.get(plainName(name));
}

/** The day of the week with this name or abbreviation in one of these languages, from 1 for Monday. */
export function weekdayOf(name: string): number | undefined {
  weekdays ??= new Map([...Object.entries(otherWeekdays), ...namesOfRuntime('weekday', week)]);
  return weekdays.get(plainName(name));
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
