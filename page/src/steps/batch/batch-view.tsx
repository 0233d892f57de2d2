import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BatchStatus } from '../../api/answers';
import { batch } from '../../api/endpoints';
import { pause } from '../../api/call';
import { Notice } from '../../notice';
import { PageHeading } from '../../page-heading';
import { useWords } from '../../words/localization';
import { Counts } from './counts';
import { Results } from './results';
import { Running } from './running';

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
    const take = (next: BatchStatus): boolean => {
      if (!isLeft) setStatus(next);
      return !isLeft;
    };
    follow(id, take).catch((thrown: unknown) => {
      if (!isLeft) setError(thrown);
    });
    return () => {
      isLeft = true;
    };
  }, [id, tries]);
  const again = (): void => {
    setError(undefined);
    setTries(tries + 1);
  };
  if (error !== undefined)
    return (
      <>
        <PageHeading text={words.myBatches} />
        <Notice kind="error" error={error} onRetry={again} />
      </>
    );
  if (status === undefined) return <Notice kind="loading" />;
  if (isOver(status)) return <Done key="done" status={status} onRetry={again} />;
  return <Running key="running" status={status} onStop={setStatus} />;
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
      <Counts counts={counts} />
      <Results status={status} onRetry={onRetry} />
    </>
  );
}
