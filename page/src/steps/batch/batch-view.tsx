import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BatchStatus } from '../../answers';
import { batch, CallError, pause, stop } from '../../api';
import { PageHeading } from '../../page-heading';
import { Notice } from '../../notice';
import { useWords } from '../../words/localization';
import type { Words } from '../../words/english';
import { countNames } from '../../status-counts';
import { Results } from './results';

/** Time between two polls, in milliseconds. */
const pauseMs = 1_500;

/** Steps 4 and 5 of a sent list, with its own address: its progress, then its results. */
export function BatchView({ id }: { readonly id: string }): JSX.Element {
  const words = useWords();
  const [status, setStatus] = useState<BatchStatus>();
  const [error, setError] = useState<unknown>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isLeft = false;
    void follow(id, (next) => {
      if (!isLeft) setStatus(next);
      return !isLeft;
    }).catch((thrown: unknown) => setError(thrown));
    return () => {
      isLeft = true;
    };
  }, [id, tries]);
  if (error !== undefined)
    return (
      <>
        <PageHeading text={words.myBatches} />
        <Notice
          kind="error"
          error={error}
          onRetry={() => {
            setError(undefined);
            setTries(tries + 1);
          }}
        />
      </>
    );
  if (status === undefined) return <Notice kind="loading" />;
  return isOver(status) ? (
    <Done key="done" status={status} onRetry={() => setTries(tries + 1)} />
  ) : (
    <Running key="running" status={status} onStop={setStatus} />
  );
}

const isOver = ({ state }: BatchStatus): boolean => state === 'finished' || state === 'cancelled';

/** Polls until the batch has ended, or `onStatus` says that the view is closed. @throws CallError */
async function follow(id: string, onStatus: (status: BatchStatus) => boolean): Promise<void> {
  for (;;) {
    const status = await batch(id);
    if (!onStatus(status) || isOver(status)) return;
    await pause(pauseMs);
  }
}

const doneOf = ({ counts }: BatchStatus): number => counts.total - counts.pending;

function Running({
  status,
  onStop,
}: {
  readonly status: BatchStatus;
  readonly onStop: (status: BatchStatus) => void;
}): JSX.Element {
  const words = useWords();
  const { counts, fileName, callerName, state } = status;
  const isStopping = state === 'cancelling';
  const done = doneOf(status);
  return (
    <>
      <PageHeading text={isStopping ? words.stoppingTitle : words.progressTitle} step={4} />
      <p>{words.fileOf(fileName, callerName)}</p>
      <progress aria-label={words.progressTitle} max={counts.total} value={done} />
      <p role="status">
        {words.progress(done, counts.total)} {timeLeft(status, words)}
      </p>
      <Counts status={status} />
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

function StopButton({
  status,
  onStop,
}: {
  readonly status: BatchStatus;
  readonly onStop: (status: BatchStatus) => void;
}): JSX.Element {
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

/** The numbers of rows by status, without those that are zero. */
export function Counts({ status: { counts } }: { readonly status: BatchStatus }): JSX.Element {
  const words = useWords();
  const shown = countNames.filter((name) => counts[name] > 0);
  return (
    <ul class="counts">
      {shown.map((name) => (
        <li key={name} class={name}>
          <strong>{counts[name]}</strong> {words.counts[name](counts[name])}
        </li>
      ))}
    </ul>
  );
}

function Done({
  status,
  onRetry,
}: {
  readonly status: BatchStatus;
  readonly onRetry: () => void;
}): JSX.Element {
  const words = useWords();
  const { state, fileName, callerName, counts } = status;
  const title = counts.created + counts.existing > 0 ? words.doneTitle : words.changedTitle;
  return (
    <>
      <PageHeading text={state === 'cancelled' ? words.stoppedTitle : title} step={5} />
      <p>{words.fileOf(fileName, callerName)}</p>
      <Counts status={status} />
      <Results status={status} onRetry={onRetry} />
    </>
  );
}
