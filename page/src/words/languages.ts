import { english, type Words } from './english';

/** Names of the languages, each in its own language, by tag. */
export const languages = { en: 'English', de: 'Deutsch', pt: 'Português' } as const;
/** The tag of a language that the page speaks. */
export type Language = keyof typeof languages;

/** The other languages are loaded on demand. */
const tables: Readonly<Record<Language, () => Promise<Words>>> = {
  en: () => Promise.resolve(english),
  de: async () => (await import('./german')).german,
  pt: async () => (await import('./portuguese')).portuguese,
};

/** Loads the texts of a language. Rejects if the file cannot be fetched. */
export const loadWords = (language: Language): Promise<Words> => tables[language]();

const key = 'convoke.language';

/** The language chosen before, else the first supported language of the browser. */
export function preferredLanguage(): Language {
  const known = (tag: string): tag is Language => tag in languages;
  const chosen = [kept(), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return chosen.find(known) ?? 'en';
}

function kept(): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

/** Remembers the language for the next visit, if the browser allows it. */
export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // Then the next visit uses the browser's language.
  }
}
