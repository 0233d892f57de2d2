import { seededRandom, type Random } from '../../local/graph-simulator/random';
import { pick } from './pick';
import { changesOf, keyOf, type Item, type TrialChange } from './changes';
import { makeRequest, type TrialRequest } from './trial-request';

/** Endpoints that take any new request, so a copy may be sent to any of them. */
const forAll = ['createMeeting', 'queue', 'queueArray', 'batch', 'sheet'] as const;
const forNew = [...forAll, 'largeBatch'] as const;
const forPlain = [...forNew, 'createOnlineMeeting'] as const;
const forChanges = [...forAll, 'byAction'] as const;

/** The ways to send an item. */
export type Endpoint =
  | (typeof forPlain)[number]
  | (typeof forChanges)[number]
  | 'createOrGetOnlineMeeting'
  | 'patch'
  | 'delete';

/** One copy of an item, and where it is sent. */
export interface Sending extends Item {
  readonly endpoint: Endpoint;
}

/** What a trial sends. */
export interface TrialPlan {
  readonly requests: readonly TrialRequest[];
  /** Requests and changes, each once. */
  readonly items: readonly Item[];
  /** In order of sending; an item may occur more than once. */
  readonly sendings: readonly Sending[];
}

const sentAgain = 0.2;
/** A copy, or a change, is sent within this many other requests. */
const maxWindow = 60;

/** Plans the requests of a trial and how they are sent. The same seed gives the same plan. */
export function planTrial(count: number, seed: number): TrialPlan {
  const random = seededRandom(seed);
  const window = Math.min(maxWindow, count / 5);
  const items: Item[] = [];
  const placed: { readonly at: number; readonly sending: Sending }[] = [];
  const place = (item: Item, from: number): void => {
    items.push(item);
    for (let copy = copiesOf(random); copy > 0; copy -= 1) {
      const at = from + (copy === 1 ? 0 : random() * window);
      placed.push({ at, sending: { ...item, endpoint: endpointFor(item, random) } });
    }
  };
  const requests = Array.from({ length: count }, (_, index) =>
    makeRequest(`trial-${seed}-${index}`, random),
  );
  for (const [index, request] of requests.entries()) {
    place({ request }, index);
    for (const change of changesOf(request, random))
      // The next one may overtake it.
      place({ request, change }, index + window * (change.revision / 2 + random()));
  }
  placed.sort((one, other) => one.at - other.at);
  return { requests, items, sendings: placed.map(({ sending }) => sending) };
}

const copiesOf = (random: Random): number =>
  random() < sentAgain ? 2 + Math.floor(random() * 3) : 1;

function endpointFor({ request, change }: Item, random: Random): Endpoint {
  if (change !== undefined) return pick([...forChanges, ownAddress[change.action]], random);
  if (request.externalId !== undefined) return 'createOrGetOnlineMeeting';
  const isPlain = request.calendar === undefined && request.organizerPool === undefined;
  return pick(isPlain ? forPlain : forNew, random);
}

/** An upsert has no separate address. */
const ownAddress: Readonly<Record<TrialChange['action'], Endpoint>> = {
  update: 'patch',
  upsert: 'createMeeting',
  cancel: 'delete',
};

/** Returns the key of an item, as `keyOf`. */
export const keyOfItem = ({ request, change }: Item): string =>
  keyOf(request.requestId, change?.revision);
