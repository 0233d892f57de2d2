import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english, type Language, type Words } from './languages';

/** The language of the page and its texts. */
export interface Speech {
  readonly language: Language;
  /** Tag for the form of dates and times: `en-GB`. */
  readonly locale: string;
  readonly words: Words;
}

/** Passes the texts down to all components; English without a provider. */
export const SpeechContext = createContext<Speech>({
  language: 'en',
  locale: 'en',
  words: english,
});

/** Returns the language and its texts. */
export const useSpeech = (): Speech => useContext(SpeechContext);
/** Returns the texts in the language of the page. */
export const useWords = (): Words => useSpeech().words;
