import { randomUUID } from 'node:crypto';
import { UsageError } from '../../local/command-line';
import type { MeetingResult } from '../../src/results/meeting-result';
import { ApiError } from '../api';
import type { Command, Context } from '../context';
import { isFailure } from '../output';
import { openQueue } from '../queues';
import { readInput } from '../read-input';

interface SendOptions {
  /** A JSON file with one request or a list; `-` is standard input. */
  readonly file?: string;
  readonly queue?: boolean;
  /** Only predict the outcome. */
  readonly preview?: boolean;
  readonly id?: string;
  readonly organizer?: string;
  readonly organizerPool?: string;
  readonly subject?: string;
  readonly start?: string;
  readonly end?: string;
  readonly minutes?: string;
  readonly timeZone?: string;
}

type Request = { readonly requestId: string } & Readonly<Record<string, unknown>>;

/** Sends requests over HTTP and waits for each result, or puts them on the queue. */
export const send: Command<SendOptions> = async (options, context) => {
  const requests = await requestsOf(options);
  const { queue = false, preview = false } = options;
  if (queue && preview) throw new UsageError('--preview cannot be combined with --queue.');
  const path = preview ? '/api/createMeeting?preview=true' : '/api/createMeeting';
  return queue ? byQueue(requests, context) : byHttp(requests, path, context);
};

async function byHttp(
  requests: readonly Request[],
  path: string,
  { api, output }: Context,
): Promise<number> {
  let exitCode = 0;
  for (const request of requests) {
    const result = await create(request, path, api);
    output.json(result);
    output.result(result);
    if (isFailure(result)) exitCode = 1;
  }
  return exitCode;
}

/** Turns a refusal into the request's result, so that the others are still sent. */
async function create(request: Request, path: string, api: Context['api']): Promise<MeetingResult> {
  try {
    return await api.json<MeetingResult>(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown;
    const { requestId } = request;
    return { requestId, status: 'failed', meeting: null, error: thrown.error } as MeetingResult;
  }
}

async function byQueue(requests: readonly Request[], context: Context): Promise<number> {
  const queue = await openQueue('meeting-requests', context);
  for (const request of requests) {
    await queue.sendMessage(JSON.stringify(request));
    context.output.json({ requestId: request.requestId, status: 'sent' });
    context.output.say(`✓ sent ${request.requestId}`);
  }
  context.output.notice('To see the results on the queue meeting-results, run: convoke results');
  return 0;
}

/** The requests, each with a requestId, so that sending it again makes no second meeting. */
async function requestsOf(options: SendOptions): Promise<readonly Request[]> {
  const content = options.file === undefined ? fromOptions(options) : await fromFile(options.file);
  const { requests = content } = content as { readonly requests?: unknown };
  const list: readonly object[] = Array.isArray(requests) ? requests : [requests as object];
  if (list.length === 0)
    throw new UsageError(
      `${options.file === '-' ? 'The input' : String(options.file)} has no requests. Add at least one.`,
    );
  return list.map((request) => ({
    requestId: randomUUID(),
    ...request,
  }));
}

function fromOptions({
  id,
  organizer,
  organizerPool,
  subject,
  start,
  end,
  minutes,
  timeZone,
}: SendOptions): object {
  if ((organizer ?? organizerPool) === undefined || start === undefined)
    throw new UsageError(
      'Specify a file, or at least --organizer (or --organizer-pool) and --start.',
    );
  return {
    ...(id !== undefined && { requestId: id }),
    ...(organizer !== undefined && { organizer }),
    ...(organizerPool !== undefined && { organizerPool }),
    ...(timeZone !== undefined && { timeZone }),
    ...(minutes !== undefined && { durationMinutes: Number(minutes) }),
    meeting: {
      ...(subject !== undefined && { subject }),
      startDateTime: start,
      ...(end !== undefined && { endDateTime: end }),
    },
  };
}

async function fromFile(file: string): Promise<unknown> {
  const { bytes } = await readInput(file);
  try {
    const content: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof content === 'object' && content !== null) return content;
  } catch {
    // The error below covers this.
  }
  throw new UsageError(
    `${file} is not a JSON object or list. Send a sheet with: convoke batch ${file}`,
  );
}
