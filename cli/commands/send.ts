import { randomUUID } from 'node:crypto';
import { UsageError } from '../../local/command-line';
import { isAbsent, isRecord } from '../../src/requests/readers/scalar';
import type { MeetingResult } from '../../src/results/meeting-result';
import { ApiError } from '../api';
import type { Command, Context } from '../context';
import { codeOfResults, exitCodes } from '../exit-codes';
import { isSheet, nameOfInput, readJson } from '../files';
import { openQueue } from '../queues';

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
  const results: MeetingResult[] = [];
  for (const request of requests) {
    const result = await create(request, path, api);
    output.json(result);
    output.result(result);
    results.push(result);
  }
  return codeOfResults(results);
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
  return exitCodes.done;
}

/** The requests, each with a requestId, so that sending it again makes no second meeting. */
async function requestsOf({
  file,
  queue: _,
  preview: __,
  ...options
}: SendOptions): Promise<readonly Request[]> {
  if (file !== undefined && Object.keys(options).length > 0)
    throw new UsageError('A file has whole requests. Put the other options into the file.');
  const requests = file === undefined ? [fromOptions(options)] : await fromFile(file);
  return requests.map((request) => ({ ...request, requestId: idOf(request) ?? randomUUID() }));
}

/** As given, even if it is wrong, so that the app refuses it. */
const idOf = ({ requestId }: { readonly requestId?: string }): string | undefined =>
  isAbsent(requestId) ? undefined : requestId;

function fromOptions({
  id,
  organizer,
  organizerPool,
  subject,
  start,
  end,
  minutes,
  timeZone,
}: Omit<SendOptions, 'file'>): object {
  if ((organizer ?? organizerPool) === undefined || start === undefined)
    throw new UsageError(
      'Specify a file, or at least --organizer (or --organizer-pool) and --start.',
    );
  return {
    ...(id !== undefined && { requestId: id }),
    ...(organizer !== undefined && { organizer }),
    ...(organizerPool !== undefined && { organizerPool }),
    ...(timeZone !== undefined && { timeZone }),
    ...(minutes !== undefined && { durationMinutes: minutes }),
    meeting: {
      ...(subject !== undefined && { subject }),
      startDateTime: start,
      ...(end !== undefined && { endDateTime: end }),
    },
  };
}

/** @throws UsageError if the file has no requests, or anything else. */
async function fromFile(file: string): Promise<readonly object[]> {
  if (isSheet(file)) throw forBatch(`${file} is a sheet.`, file);
  const name = nameOfInput(file);
  const requests = requestsIn(await readJson(file), file);
  const list: readonly unknown[] = Array.isArray(requests) ? requests : [requests];
  if (list.length === 0) throw new UsageError(`${name} has no requests. Add at least one.`);
  const wrong = list.findIndex((request) => !isRecord(request));
  if (wrong === -1) return list as readonly object[];
  throw new UsageError(`${name}: request ${wrong + 1} is not a JSON object.`);
}

/** What the file has under `requests`, or else its whole content. */
function requestsIn(content: unknown, file: string): unknown {
  if (!isRecord(content) || !('requests' in content)) return content;
  const { requests, ...others } = content;
  const [other] = Object.keys(others);
  if (other === undefined) return requests;
  throw forBatch(`${nameOfInput(file)} has "${other}" next to its requests.`, file);
}

const forBatch = (reason: string, file: string): UsageError =>
  new UsageError(`${reason} Send it with: convoke batch ${file}`);
