import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english, type Language, type Words } from './words';

export interface Speech {
  readonly language: Language;
  readonly words: Words;
}

export const SpeechContext = createContext<Speech>({ language: 'en', words: english });

export const useSpeech = (): Speech => useContext(SpeechContext);
export const useWords = (): Words => useSpeech().words;
