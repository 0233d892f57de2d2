import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { wordsOf, type Language, type Words } from './words';

export interface Speech {
  readonly language: Language;
  readonly words: Words;
}

export const SpeechContext = createContext<Speech>({ language: 'en', words: wordsOf('en') });

export const useSpeech = (): Speech => useContext(SpeechContext);
export const useWords = (): Words => useSpeech().words;
