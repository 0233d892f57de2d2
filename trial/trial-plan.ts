import { seededRandom, type Random } from '../local/graph-simulator/random';

/** Endpoints. Those on one line take the same request, so a copy may come through any of them. */
const interchangeable = [
  'createMeeting',
  'createOnlineMeeting',
  'queue',
  'queueArray',
  'batch',
  'largeBatch',
] as const;
export type Endpoint = (typeof interchangeable)[number] | 'createOrGetOnlineMeeting';

/** One request of the trial, in the form of the body of `createMeeting`. */
export interface TrialRequest {
  readonly requestId: string;
  readonly organizer: string;
  readonly meeting: {
    /** Unique to this request, so that its meetings can be counted. */
    readonly subject: string;
    readonly startDateTime: string;
    readonly endDateTime: string;
    readonly [option: string]: unknown;
  };
  readonly externalId?: string;
  /** Has an option that exists only at creation. */
  readonly createOnly: boolean;
}

export interface Sending {
  readonly request: TrialRequest;
  readonly endpoint: Endpoint;
}

export interface TrialPlan {
  readonly requests: readonly TrialRequest[];
  /** In the order in which they are sent; a request can be there more than once. */
  readonly sendings: readonly Sending[];
}

const organizers = [
  'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
  'dc17674c-81d9-4adb-bfb2-8f6a442e4602',
  'chloe@contoso.onmicrosoft.com',
] as const;

const chances = { createOrGet: 0.1, sentAgain: 0.2, createOnly: 0.2, options: 0.5 };
/** A copy is sent within this many other requests. */
const copyWindow = 60;

/** The requests of a trial and how they are sent. The same seed gives the same plan. */
export function planTrial(count: number, seed: number): TrialPlan {
  const random = seededRandom(seed);
  const placed: { readonly at: number; readonly sending: Sending }[] = [];
  const requests: TrialRequest[] = [];
  for (let index = 0; index < count; index += 1) {
    const request = makeRequest(`trial-${seed}-${index}`, random);
    const endpoint = request.externalId === undefined ? undefined : 'createOrGetOnlineMeeting';
    requests.push(request);
    const copies = copiesOf(random);
    for (let copy = 0; copy < copies; copy += 1) {
      const at = index + (copy === 0 ? 0 : random() * copyWindow);
      placed.push({
        at,
        sending: { request, endpoint: endpoint ?? pick(interchangeable, random) },
      });
    }
  }
  placed.sort((one, other) => one.at - other.at);
  return { requests, sendings: placed.map(({ sending }) => sending) };
}

const copiesOf = (random: Random): number =>
  random() < chances.sentAgain ? 2 + Math.floor(random() * 3) : 1;

/** Meetings that are over are refused. */
const nextYear = new Date().getUTCFullYear() + 1;

function makeRequest(name: string, random: Random): TrialRequest {
  const organizer = pick(organizers, random);
  const meeting = {
    subject: `Meeting ${name}`,
    startDateTime: `${nextYear}-12-01T14:30:00Z`,
    endDateTime: `${nextYear}-12-01T15:00:00Z`,
    ...(random() < chances.options && { lobbyBypassSettings: { scope: 'everyone' } }),
  };
  if (random() < chances.createOrGet) {
    const requestId = `createOrGet:${organizer}:${name}`;
    return { requestId, organizer, externalId: name, meeting, createOnly: false };
  }
  // As many of the others as make it a fifth of all.
  const createOnly = random() < chances.createOnly / (1 - chances.createOrGet);
  const passcode = { joinMeetingIdSettings: { isPasscodeRequired: true } };
  return {
    requestId: name,
    organizer,
    meeting: { ...meeting, ...(createOnly && passcode) },
    createOnly,
  };
}

function pick<T>(values: readonly [T, ...T[]], random: Random): T {
  return values[Math.floor(random() * values.length)] ?? values[0];
}
