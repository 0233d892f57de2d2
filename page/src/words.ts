import { english, type Words } from './words/english';
import { german } from './words/german';
import { portuguese } from './words/portuguese';

export type { Words };

/** Each language by its tag, named in itself. */
export const languages = { en: 'English', de: 'Deutsch', pt: 'Português' } as const;
export type Language = keyof typeof languages;

const tables: Readonly<Record<Language, Words>> = { en: english, de: german, pt: portuguese };

export const wordsOf = (language: Language): Words => tables[language];

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
