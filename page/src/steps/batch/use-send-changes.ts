import { useState } from 'preact/hooks';
import { go } from '../../address';
import type { SentSheet } from '../../api/answers';
import { submit } from '../../api/endpoints';

/** Sends changes of meetings as a new list with this name, and goes to it. */
export function useSendChanges(fileName: string): {
  readonly send: (rows: SentSheet['rows']) => void;
  readonly isSending: boolean;
  readonly error: unknown;
} {
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const fail = (thrown: unknown): void => {
    setSending(false);
    setError(thrown);
  };
  const send = (rows: SentSheet['rows']): void => {
    setSending(true);
    setError(undefined);
    submit({ fileName, header: [], columns: {}, rows }).then(
      ({ batchId }) => go({ name: 'batch', id: batchId }),
      fail,
    );
  };
  return { send, isSending, error };
}
