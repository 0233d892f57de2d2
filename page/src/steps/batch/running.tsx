import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { BatchStatus } from '../../api/answers';
import { stop } from '../../api/endpoints';
import { CallError } from '../../api/call-error';
import { Notice } from '../../notice';
import { PageHeading } from '../../page-heading';
import type { Words } from '../../words/english';
import { useWords } from '../../words/localization';
import { Counts } from './counts';

interface Props {
  readonly status: BatchStatus;
  readonly onStop: (status: BatchStatus) => void;
}

/** The progress of a list, which can be stopped. */
export function Running({ status, onStop }: Props): JSX.Element {
  const words = useWords();
  const { counts, fileName, callerName, state } = status;
  const isStopping = state === 'cancelling';
  const done = counts.total - counts.pending;
  return (
    <>
      <PageHeading text={isStopping ? words.stoppingTitle : words.progressTitle} step={4} />
      <p>{words.fileOf(fileName, callerName)}</p>
      <progress aria-label={words.progressTitle} max={counts.total} value={done} />
      <p role="status">
        {words.progress(done, counts.total)} {timeLeft(status, words)}
      </p>
      <Counts counts={counts} />
      <p class="assurance">{words.mayClose}</p>
      {!isStopping && <StopButton status={status} onStop={onStop} />}
    </>
  );
}

function timeLeft({ estimatedEndDateTime }: BatchStatus, words: Words): string {
  if (estimatedEndDateTime === null) return '';
  const minutes = (Date.parse(estimatedEndDateTime) - Date.now()) / 60_000;
  return `· ${words.timeLeft(Math.ceil(Math.max(0, minutes) - 0.5))}`;
}

function StopButton({ status, onStop }: Props): JSX.Element {
  const words = useWords();
  const [error, setError] = useState<unknown>();
  // It may have ended already, which is not an error: the page is about to show it.
  const failed = (thrown: unknown): void => {
    if (!(thrown instanceof CallError) || thrown.code !== 'batchFinished') setError(thrown);
  };
  return (
    <>
      {error !== undefined && <Notice kind="error" error={error} />}
      <div class="actions">
        <button
          type="button"
          class="danger"
          onClick={() => void stop(status.batchId).then(onStop, failed)}
        >
          {words.stop}
        </button>
        <small>{words.stopHint}</small>
      </div>
    </>
  );
}
