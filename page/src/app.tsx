import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { CallError, whoAmI, type Caller } from './api';
import { onlyAllowed } from './columns/allowed';
import { Frame } from './frame';
import { Notice } from './notice';
import type { LoadedSheet } from './sheet/loaded-sheet';
import { returnToAddress, SignIn } from './sign-in';
import { BatchView } from './steps/batch/batch-view';
import { BatchList } from './steps/batch/batch-list';
import { canBeMade, type Checked } from './steps/check/checked';
import { CheckStep } from './steps/check/check-step';
import { ColumnsStep } from './steps/columns/columns-step';
import { FileStep } from './steps/file-step';
import { MakeStep } from './steps/make-step';
import { go, goInstead, useAddress } from './address';
import { localeOf } from './words/locale';
import {
  english,
  keepLanguage,
  loadWords,
  preferredLanguage,
  type Language,
  type Words,
} from './words/languages';
import { SpeechContext, type Speech } from './words/words-context';

type SignedIn = Caller | 'asking' | CallError;

/** The whole page: asks for the language and the user, then shows the step in the address. */
export function App(): JSX.Element {
  const [language, setLanguage] = useState<Language>(preferredLanguage);
  const [speech, setSpeech] = useState<Speech>();
  const [caller, setCaller] = useState<SignedIn>('asking');
  useEffect(() => {
    let isWanted = true;
    const speak = (spoken: Language, words: Words): void => {
      if (!isWanted) return;
      document.documentElement.lang = spoken;
      setSpeech({ language: spoken, locale: localeOf(spoken, navigator.languages), words });
    };
    const inEnglish = (): void => speak('en', english);
    loadWords(language).then((words) => speak(language, words), inEnglish);
    return () => {
      isWanted = false;
    };
  }, [language]);
  const ask = useCallback(() => {
    setCaller('asking');
    const welcome = (found: Caller): void => {
      returnToAddress();
      setCaller(found);
    };
    whoAmI().then(welcome, (thrown: unknown) => setCaller(toCallError(thrown)));
  }, []);
  useEffect(ask, [ask]);
  const choose = (chosen: Language): void => {
    keepLanguage(chosen);
    setLanguage(chosen);
  };
  if (speech === undefined) return <></>;
  return (
    <SpeechContext.Provider value={speech}>
      <Frame caller={'name' in Object(caller) ? (caller as Caller) : undefined} onLanguage={choose}>
        <Content caller={caller} onRetry={ask} />
      </Frame>
    </SpeechContext.Provider>
  );
}

const toCallError = (thrown: unknown): CallError =>
  thrown instanceof CallError ? thrown : new CallError(0);

function Content({
  caller,
  onRetry,
}: {
  readonly caller: SignedIn;
  readonly onRetry: () => void;
}): JSX.Element {
  if (caller === 'asking') return <Notice kind="loading" />;
  if (!(caller instanceof CallError)) return <Steps caller={caller} />;
  return caller.status === 401 ? (
    <SignIn message={caller.message} />
  ) : (
    <Notice kind="error" error={caller} onRetry={onRetry} />
  );
}

/** The step at each address. The sheet exists only in this tab: without one, the page begins with the file. */
function Steps({ caller }: { readonly caller: Caller }): JSX.Element {
  const [sheet, setSheet] = useState<LoadedSheet>();
  const [checked, setChecked] = useState<Checked>();
  const address = useAddress();
  // A sent list has changed what the rows would do.
  useEffect(() => {
    if (address.name === 'batch') setChecked(undefined);
  }, [address.name]);
  const change = (changed: LoadedSheet): void =>
    setSheet({ ...changed, mapping: onlyAllowed(changed.mapping, caller) });
  const load = (loaded: LoadedSheet): void => {
    change(loaded);
    go('columns');
  };
  if (address.name === 'batch') return <BatchView key={address.id} id={address.id} />;
  if (address.name === 'batches') return <BatchList />;
  if (sheet === undefined || address.name === 'file') return <FileStep onLoad={load} />;
  if (address.name === 'columns')
    return <ColumnsStep sheet={sheet} caller={caller} onChange={change} />;
  if (address.name === 'check')
    return <CheckStep sheet={sheet} onChange={setSheet} onChecked={setChecked} />;
  if (!canBeMade(sheet, checked)) return <ToCheck />;
  return <MakeStep caller={caller} checked={checked} />;
}

/** Step 4 without the check of this very sheet: people come from the browser's history, or type the address. */
function ToCheck(): JSX.Element {
  useEffect(() => goInstead('check'), []);
  return <Notice kind="loading" />;
}
