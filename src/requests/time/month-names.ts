import { plainName } from '../plain-name';

const languages = ['en', 'de', 'de-AT', 'fr', 'es', 'pt', 'pt-BR'];
const styles = ['long', 'short'] as const;
/** Abbreviations in calendars and spreadsheets besides those of the runtime. */
const otherForms: Readonly<Record<string, number>> = {
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

let months: Map<string, number> | undefined;

/** The number of the month, from 1, with this name in English, German, French, Spanish or Portuguese. */
export function monthOf(name: string): number | undefined {
  months ??= new Map([...Object.entries(otherForms), ...namesOfRuntime()]);
  return months.get(plainName(name));
}

const namesOfRuntime = (): [string, number][] =>
  languages.flatMap((language) =>
    styles.flatMap((month) => {
      const format = new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' });
      return Array.from({ length: 12 }, (_, index): [string, number] => [
        plainName(format.format(Date.UTC(2030, index, 1))),
        index + 1,
      ]);
    }),
  );
