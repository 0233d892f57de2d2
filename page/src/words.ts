import { english, type Words } from './words/english';

export { english, type Words };

/** Each language by its tag, named in itself. */
export const languages = { en: 'English', de: 'Deutsch', pt: 'Português' } as const;
export type Language = keyof typeof languages;

/** The other languages are loaded when somebody speaks them. */
const tables: Readonly<Record<Language, () => Promise<Words>>> = {
  en: () => Promise.resolve(english),
  de: async () => (await import('./words/german')).german,
  pt: async () => (await import('./words/portuguese')).portuguese,
};

export const loadWords = (language: Language): Promise<Words> => tables[language]();

const key = 'convoke.language';

/** The one that was chosen before, else the browser's first that is here. */
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

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // Then the browser's own language is taken next time.
  }
}
