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
 * accepted and cannot be lost: without its message, `resumeStalledBatches` starts it a few minutes later. A crash before
 * that leaves only a blob.
 * @throws MeetingError `invalidRequest`, `requestTooLarge`, `requestIdReused`, `storageUnavailable`.
 */
export async function acceptBatch(
  submission: Submission,
  deps: AcceptDependencies,
): Promise<OpenedBatch> {
  const { idempotencyKey: key } = submission;
  const ids = { batchId: batchIdOf(submission, deps), contentHash: contentHashOf(submission) };
  const known = key === undefined ? undefined : await deps.batches.read(ids.batchId);
  if (known !== undefined) return repeat(known, ids.contentHash, deps);
  const token = deps.newToken();
  const batch = withToken(await storeRows(ids, submission, deps), token);
  const inserted = await deps.batches.insert(batch);
  if (!inserted.inserted) return repeat(inserted, ids.contentHash, deps);
  await enqueue(batch, deps);
  const { batchId, total, rejected } = batch;
  deps.log.info('batch.accepted', { batchId, total, rejected });
  return { batch, token };
}

/** A batch and its preview may have the same key. No key contains a line feed. */
function batchIdOf(
  { idempotencyKey: key, preview }: Submission,
  { random }: AcceptDependencies,
): string {
  if (key === undefined) return random.newId();
  return hashOf(preview === true ? `preview\n${key}` : key);
}

/** Stores the rows of a batch, and its workbook if it came as one. Returns the batch before its first lease. */
async function storeRows(
  ids: Pick<Batch, 'batchId' | 'contentHash'>,
  submission: Submission,
  deps: AcceptDependencies,
): Promise<Batch> {
  const { traceparent, preview, caller } = submission;
  const { batchId } = ids;
  const acceptedDateTime = deps.clock.now().toISOString();
  const written = await writeRows(batchId, submission, deps);
  const { writer, sheet, bytes, fileName = '', ...read } = written;
  const [rows, workbook] = await Promise.all([
    writer.finish(),
    sheet === undefined ? undefined : keepWorkbook(batchId, bytes, { sheet, deps }),
    deps.index.addActive(batchId, acceptedDateTime),
  ]);
  return {
    ...read,
    rows,
    ...(workbook !== undefined && { workbook }),
    ...(caller !== undefined && { origin: originOf(caller, fileName) }),
    ...initialState,
    ...ids,
    rowToken: deps.newToken(),
    ...timesAt(acceptedDateTime),
    ...(traceparent !== undefined && { traceparent }),
    ...(preview === true && { outcomes: noOutcomes }),
  };
}

const initialState = {
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
      remedy: 'Use a different key for this batch.',
    });
  }
  const opened = await issueToken(known, deps);
  const { batch } = opened;
  if (batch.lease.sequence === 0) await enqueue(batch, deps);
  deps.log.info('batch.repeated', { batchId: batch.batchId, state: batch.state });
  return opened;
}
