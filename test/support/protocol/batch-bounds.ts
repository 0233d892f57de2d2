/**
 * The troubles of a call to storage. `doubled`: its response was lost, and the client sent it again. `slow`: its effect
 * comes twenty seconds later. `overtaken`: the same, and the host delivers the message to another instance during that
 * time.
 */
export const troubles = ['crash', 'lost', 'answerLost', 'doubled', 'slow', 'overtaken'] as const;
export type Trouble = (typeof troubles)[number];

export interface BatchBounds {
  /** Number of rows still to be made. */
  readonly rows: number;
  /** Rows before them that had their results when the instance ended that had sent them: with 99, the next is the last of its chunk. */
  readonly earlier?: number;
  /** The instance that carried out the others had put those of the first chunk on the requests queue when it ended. */
  readonly isLeftBehind?: true;
  readonly troubles: number;
  readonly kinds: readonly Trouble[];
  readonly switches: number;
  /** Deliveries of a message before the host moves it to the poison queue. */
  readonly deliveries: number;
  /** Instances have room for small batches, which then need no messages for their rows. */
  readonly isCarriedOut?: true;
  /** The call before which a person cancels the batch. */
  readonly cancelAt?: number;
  /**
   * The action of a caller after the end of the batch, whose first row was refused. Troubles occur only from then on.
   * Every earlier message is delivered once more.
   */
  readonly afterwards?: 'retry' | 'retryRow' | 'undo';
  /** Retention passes after the first part, and the clean-up runs beside the second one. */
  readonly isForgotten?: true;
  /** Meetings for which Graph has no key, so that nothing but the ledger keeps them from being made twice. */
  readonly isCreateOnce?: true;
}

/** Only puts are doubled, and of a read the answer is as good as the call. */
export function canMeet(kind: Trouble, name: string): boolean {
  if (kind === 'doubled') return /^(enqueue|publish|send)/.test(name);
  return kind !== 'answerLost' || !/^(outcomes|read|results)/.test(name);
}
