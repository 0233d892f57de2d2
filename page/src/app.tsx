import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Caller } from './api/answers';
import { onlyAllowed } from './columns/allowed';
import { Frame } from './frame';
import { Notice } from './notice';
import type { LoadedSheet } from './sheet/loaded-sheet';
import { SignIn } from './sign-in';
import { BatchView } from './steps/batch/batch-view';
import { BatchList } from './steps/batch/batch-list';
import { canBeMade, type Checked } from './steps/check/checked';
import { CheckStep } from './steps/check/check-step';
import { ColumnsStep } from './steps/columns/columns-step';
import { FileStep } from './steps/file/file-step';
import { MakeStep } from './steps/make-step';
import { go, goInstead, useAddress } from './address';
import { useCaller, type CallerAnswer } from './use-caller';
import { useLeaveQuestion } from './use-leave-question';
import { keepLanguage, preferredLanguage, type Language } from './words/languages';
import { LocalizationContext, useLoadedLocalization } from './words/localization';

/** The whole page: asks for the language and the user, then shows the step in the address. */
export function App(): JSX.Element {
  const [language, setLanguage] = useState<Language>(preferredLanguage);
  const localization = useLoadedLocalization(language);
  const [answer, ask] = useCaller();
  const choose = (chosen: Language): void => {
    keepLanguage(chosen);
    setLanguage(chosen);
  };
  if (localization === undefined) return <></>;
  return (
    <LocalizationContext.Provider value={localization}>
      <Frame caller={answer.caller} onLanguage={choose}>
        <Content answer={answer} onRetry={ask} />
      </Frame>
    </LocalizationContext.Provider>
  );
}

function Content({
  answer: { caller, error },
  onRetry,
}: {
  readonly answer: CallerAnswer;
  readonly onRetry: () => void;
}): JSX.Element {
  if (caller !== undefined) return <Steps caller={caller} />;
  if (error === undefined) return <Notice kind="loading" />;
  if (error.status === 401) return <SignIn isOff={error.target === 'WEBSITE_AUTH_ENABLED'} />;
  return <Notice kind="error" error={error} onRetry={onRetry} />;
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
  const isAtWork = ['columns', 'check', 'make'].includes(address.name);
  useLeaveQuestion(isAtWork && sheet !== undefined && sheet.corrections.size > 0);
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
