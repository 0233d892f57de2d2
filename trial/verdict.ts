import type { GraphSimulator } from '../local/graph-simulator';
import { hasMeeting } from '../src/meetings/ledger';
import type { Told } from './endpoints';
import type { CollectedResult } from './result-collector';
import type { TrialRequest } from './trial-plan';

export interface Evidence {
  readonly requests: readonly TrialRequest[];
  readonly graph: GraphSimulator;
  readonly results: readonly CollectedResult[];
  readonly told: readonly Told[];
  /** Calls to Graph whose whole answer reached an instance, by client-request-id. */
  readonly answered: ReadonlySet<string>;
}

export interface Verdict {
  readonly meetings: number;
  /** Meetings beyond the first of a request. */
  readonly duplicates: readonly string[];
  readonly withoutResult: readonly string[];
  /** Results that belong to no request that was sent. */
  readonly strays: readonly string[];
  /** Results and answers that contradict each other or the simulator. */
  readonly contradictions: readonly string[];
  readonly statuses: Readonly<Record<string, number>>;
  /** Unknown results by what made them so. */
  readonly unknown: Readonly<Record<Doubt, number>>;
  readonly failures: Readonly<Record<string, number>>;
}

/** Why nobody could tell whether a request has its meeting. */
export type Doubt =
  /** Graph was asked, and its answer did not come back whole. */
  | 'answerLost'
  /** The instance that had the answer ended, or lost its storage, before it was recorded. */
  | 'notRecorded'
  /** The instance ended between taking the request and asking Graph. */
  | 'neverAsked';

/** Compares what callers and the results queue were told with what the simulator has. */
export function judge(evidence: Evidence): Verdict {
  const known = new Set(evidence.requests.map(({ requestId }) => requestId));
  const strays = evidence.results
    .filter(({ requestId }) => !known.has(requestId))
    .map((result) => JSON.stringify(result));
  const meetings = meetingsBySubject(evidence.graph);
  const results = grouped(evidence.results);
  const told = grouped(evidence.told);
  const count: Counts = {
    statuses: {},
    unknown: { answerLost: 0, notRecorded: 0, neverAsked: 0 },
    failures: {},
  };
  const duplicates: string[] = [];
  const withoutResult: string[] = [];
  const contradictions: string[] = [];
  const creates = createsBySubject(evidence.graph);
  for (const request of evidence.requests) {
    const { requestId, meeting } = request;
    const made = meetings.get(meeting.subject) ?? [];
    const own = results.get(requestId) ?? [];
    duplicates.push(...made.slice(1));
    const [first] = own;
    if (first === undefined) {
      withoutResult.push(requestId);
      continue;
    }
    const wrong = contradiction({
      made,
      results: [first, ...own.slice(1)],
      told: told.get(requestId) ?? [],
    });
    if (wrong !== undefined) contradictions.push(`${requestId}: ${wrong}`);
    countEnd(first, count);
    if (first.status === 'unknown')
      count.unknown[doubtOf(creates.get(meeting.subject) ?? [], evidence.answered)] += 1;
  }
  return {
    meetings: evidence.graph.meetings.list().length,
    duplicates,
    withoutResult,
    contradictions,
    strays,
    ...count,
  };
}

interface Counts {
  readonly statuses: Record<string, number>;
  readonly unknown: Record<Doubt, number>;
  readonly failures: Record<string, number>;
}

function countEnd({ status, code }: CollectedResult, { statuses, failures }: Counts): void {
  statuses[status] = (statuses[status] ?? 0) + 1;
  if (status === 'failed' && code !== undefined) failures[code] = (failures[code] ?? 0) + 1;
}

interface Ending {
  readonly made: readonly string[];
  readonly results: readonly [CollectedResult, ...CollectedResult[]];
  readonly told: readonly Told[];
}

/** Undefined when all that was said of a request is one thing, and true. */
export function contradiction({ made, results, told }: Ending): string | undefined {
  const [first] = results;
  const { status, meetingId } = first;
  if (results.some((other) => !isSame(first, other)))
    return `results differ: ${results.map(describe).join(', ')}`;
  if (hasMeeting(status) && (meetingId === undefined || !made.includes(meetingId)))
    return `${status}, but Graph does not have the meeting`;
  if (status === 'failed' && made.length > 0) return 'failed, but there is a meeting';
  const liar = told.find((answer) => !agrees(answer, first));
  return liar && `the result is ${describe(first)}, a caller was told ${describe(liar)}`;
}

const describe = ({ status, meetingId }: CollectedResult | Told): string =>
  `${status} ${meetingId?.slice(-12) ?? ''}`.trim();

/** To a row of a batch a meeting that was made for the same request elsewhere is an existing one. */
function isSame(one: CollectedResult, other: CollectedResult): boolean {
  const elsewhere = one.row !== other.row && hasMeeting(one.status) && hasMeeting(other.status);
  return one.meetingId === other.meetingId && (elsewhere || one.status === other.status);
}

function agrees(told: Told, { status, meetingId }: CollectedResult): boolean {
  if (told.status === 200 || told.status === 201) return told.meetingId === meetingId;
  return told.status === 424 ? status === 'unknown' : status === 'failed';
}

interface CreateCall {
  readonly clientRequestId: string;
}

function doubtOf(creates: readonly CreateCall[], answered: ReadonlySet<string>): Doubt {
  if (creates.length === 0) return 'neverAsked';
  return creates.every(({ clientRequestId }) => answered.has(clientRequestId))
    ? 'notRecorded'
    : 'answerLost';
}

/** Calls that may have made a meeting: neither refused nor throttled. */
function createsBySubject({ log }: GraphSimulator): Map<string, CreateCall[]> {
  const calls = new Map<string, CreateCall[]>();
  for (const { method, body, status, clientRequestId } of log.list()) {
    const subject = (body as { readonly subject?: unknown } | null)?.subject;
    const refused = status !== null && status >= 400 && status < 500;
    if (method !== 'POST' || typeof subject !== 'string' || refused) continue;
    append(calls, subject, { clientRequestId });
  }
  return calls;
}

function meetingsBySubject({ meetings }: GraphSimulator): Map<string, string[]> {
  const bySubject = new Map<string, string[]>();
  for (const { meeting } of meetings.list()) append(bySubject, meeting.subject ?? '', meeting.id);
  return bySubject;
}

function grouped<T extends { readonly requestId: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) append(groups, item.requestId, item);
  return groups;
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
