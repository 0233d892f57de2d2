import type { JSX } from 'preact';
import { signInPath } from './api/endpoints';
import { CallError } from './api/call-error';
import { reasonsOf } from './columns/problems/reasons';
import { useWords } from './words/localization';
import type { Words } from './words/english';

type NoticeProps =
  | { readonly kind: 'loading'; readonly text?: string }
  | { readonly kind: 'error'; readonly error: unknown; readonly onRetry?: () => void };

/** A notice that something takes a while or went wrong. Screen readers announce it. */
export function Notice(props: NoticeProps): JSX.Element {
  const words = useWords();
  if (props.kind === 'loading')
    return (
      <p class="loading" role="status">
        {props.text ?? words.loading}
      </p>
    );
  const { error, onRetry } = props;
  const hasEnded = error instanceof CallError && error.status === 401;
  return (
    <div class="notice error" role="alert">
      <p>{sentenceOf(error, words)}</p>
      {hasEnded && (
        <p>
          <a href={signInPath} target="_blank" rel="noreferrer">
            {words.signIn}
          </a>
        </p>
      )}
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          {words.tryAgain}
        </button>
      )}
    </div>
  );
}

function sentenceOf(error: unknown, words: Words): string {
  if (!(error instanceof CallError)) return words.failed(String(error));
  if (error.status === 401) return words.signInEnded;
  return error.code === '' ? words.notReached : reasonsOf(error, words).join(' ');
}
