import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { english, type Words } from './english';
import { loadWords, type Language } from './languages';
import { localeOf } from './locale';

/** The language of the page and its texts. */
interface Localization {
  readonly language: Language;
  /** Tag for the form of dates and times: `en-GB`. */
  readonly locale: string;
  readonly words: Words;
}

/** Passes the texts down to all components; English without a provider. */
export const LocalizationContext = createContext<Localization>({
  language: 'en',
  locale: 'en',
  words: english,
});

/** Returns the language and its texts. */
export const useLocalization = (): Localization => useContext(LocalizationContext);
/** Returns the texts in the language of the page. */
export const useWords = (): Words => useLocalization().words;

/** Loads the texts of a language; in English if they cannot be fetched. Undefined until the first ones are there. */
export function useLoadedLocalization(wanted: Language): Localization | undefined {
  const [loaded, setLoaded] = useState<Localization>();
  useEffect(() => {
    let isWanted = true;
    const take = (language: Language, words: Words): void => {
      if (!isWanted) return;
      document.documentElement.lang = language;
      setLoaded({ language, locale: localeOf(language, navigator.languages), words });
    };
    loadWords(wanted).then(
      (words) => take(wanted, words),
      () => take('en', english),
    );
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  return loaded;
}
