import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Caller } from './api/answers';
import { whoAmI } from './api/endpoints';
import { CallError } from './api/call-error';
import { returnToAddress } from './sign-in';

/** The answer to who is signed in; without either, the app is being asked. */
export interface CallerAnswer {
  readonly caller?: Caller;
  readonly error?: CallError;
}

/** Asks who is signed in. Returns the answer, and a function that asks again. */
export function useCaller(): readonly [answer: CallerAnswer, ask: () => void] {
  const [answer, setAnswer] = useState<CallerAnswer>({});
  const ask = useCallback(() => {
    setAnswer({});
    const welcome = (caller: Caller): void => {
      returnToAddress();
      setAnswer({ caller });
    };
    whoAmI().then(welcome, (thrown: unknown) => setAnswer({ error: toCallError(thrown) }));
  }, []);
  useEffect(ask, [ask]);
  return [answer, ask];
}

const toCallError = (thrown: unknown): CallError =>
  thrown instanceof CallError ? thrown : new CallError(0);
