import { MeetingError, toMeetingError } from '../../errors/meeting-error';
import type { Random, Clock } from '../../meetings/ports';
import type { Log } from '../../telemetry/log';
import {
  noOutcomes,
  noRows,
  type Batch,
  type BatchOrigin,
  type SheetForm,
  type StoredWorkbook,
} from '../batch';
import type { BatchCaller } from '../caller';
import { issueToken, type OpenedBatch } from '../issue-token';
import type { BatchIndex, BatchLedger, BatchQueue, StoredBatch } from '../ports';
import { hashOf, withToken } from '../tokens';
import { writeRows, type Submission, type WriteRowsDependencies } from './write-rows';

export interface AcceptDependencies extends WriteRowsDependencies {
  readonly batches: BatchLedger;
  readonly index: BatchIndex;
  readonly queue: BatchQueue;
  readonly clock: Clock;
  readonly random: Random;
  /** 256 random bits as text. */
  readonly newToken: () => string;
  readonly log: Log;
}

/**
 * Accepts a batch. Order: its rows, its row in the table, its message. Once its row is in the table, the batch is
 * accepted and cannot be lost: without its message, `resumeStalledBatches` starts it some minutes later. A crash before
 * that leaves only a blob.
 * @throws MeetingError `invalidRequest`, `requestTooLarge`, `requestIdReused`, `storageUnavailable`.
 */
export async function acceptBatch(
  submission: Submission,
  deps: AcceptDependencies,
): Promise<OpenedBatch> {
  const { idempotencyKey: key, traceparent, preview = false, caller } = submission;
  // A batch and its preview may have the same key. No key contains a line feed.
  const batchId =
    key === undefined ? deps.random.newId() : hashOf(preview ? `preview\n${key}` : key);
  const contentHash = contentHashOf(submission);
  const known = key === undefined ? undefined : await deps.batches.read(batchId);
  if (known !== undefined) return repeat(known, contentHash, deps);

  const acceptedDateTime = deps.clock.now().toISOString();
  const {
    writer,
    sheet,
    bytes,
    fileName = '',
    ...read
  } = await writeRows(batchId, submission, deps);
  const [rows, workbook] = await Promise.all([
    writer.finish(),
    sheet === undefined ? undefined : keepWorkbook(batchId, bytes, { sheet, deps }),
    deps.index.addActive(batchId, acceptedDateTime),
  ]);
  const token = deps.newToken();
  const batch = withToken(
    {
      ...read,
      rows,
      ...(workbook !== undefined && { workbook }),
      ...(caller !== undefined && { origin: originOf(caller, fileName) }),
      ...begin,
      batchId,
      contentHash,
      rowToken: deps.newToken(),
      ...timesAt(acceptedDateTime),
      ...(traceparent !== undefined && { traceparent }),
      ...(preview && { outcomes: noOutcomes }),
    },
    token,
  );
  const inserted = await deps.batches.insert(batch);
  if (!inserted.inserted) return repeat(inserted, contentHash, deps);
  await enqueue(batch, deps);
  deps.log.info('batch.accepted', { batchId, total: batch.total, rejected: batch.rejected });
  return { batch, token };
}

const begin = {
  state: 'accepted',
  tokenHashes: [],
  lease: { sequence: 0, messageId: '', fencingToken: '' },
  sentChunks: 0,
  openChunks: [],
  counts: noRows,
} as const;

const timesAt = (
  now: string,
): Pick<Batch, 'acceptedDateTime' | 'seenDateTime' | 'movedDateTime'> => ({
  acceptedDateTime: now,
  seenDateTime: now,
  movedDateTime: now,
});

const contentHashOf = ({ body, format, defaults, sheet = '' }: Submission): string =>
  hashOf(`${hashOf(body)} ${format} ${JSON.stringify(defaults)}${sheet}`);

/** Keeps the workbook, because the results are returned in it. */
const keepWorkbook = async (
  batchId: string,
  bytes: Uint8Array,
  { sheet, deps }: { readonly sheet: SheetForm; readonly deps: AcceptDependencies },
): Promise<StoredWorkbook> => ({ ...sheet, blob: await deps.rows.keepWorkbook(batchId, bytes) });

const originOf = ({ id, name }: BatchCaller, fileName: string): BatchOrigin => ({
  callerId: id,
  callerName: name,
  fileName,
});

/** May be repeated until an instance takes the batch: of several messages with the same sequence only one counts. */
async function enqueue(
  { batchId, lease }: Batch,
  { queue, log }: AcceptDependencies,
): Promise<void> {
  try {
    await queue.enqueue(batchId, lease.sequence + 1);
  } catch (thrown) {
    log.warn('batch.enqueue-failed', { batchId, code: toMeetingError(thrown).code });
  }
}

/** Answers a repeated call with the same batch and a new token. Sends the message again if the first may have been lost. */
async function repeat(
  known: StoredBatch,
  contentHash: string,
  deps: AcceptDependencies,
): Promise<OpenedBatch> {
  if (known.batch.contentHash !== contentHash) {
    throw new MeetingError('requestIdReused', 'This Idempotency-Key belongs to another batch.', {
      target: 'Idempotency-Key',
      remedy: 'Send another batch under a key of its own.',
    });
  }
  const opened = await issueToken(known, deps);
  const { batch } = opened;
  if (batch.lease.sequence === 0) await enqueue(batch, deps);
  deps.log.info('batch.repeated', { batchId: batch.batchId, state: batch.state });
  return opened;
}
