import type { Random } from '../../local/graph-simulator/random';
import { pick } from './pick';
import { lobby, type TrialRequest } from './trial-request';

/** A change or cancel of a request's meeting. */
export interface TrialChange {
  readonly action: 'update' | 'upsert' | 'cancel';
  readonly revision: number;
  /** The properties it sets; empty for a cancel. */
  readonly sets: {
    readonly subject?: string;
    readonly lobbyBypassSettings?: { readonly scope: string };
  };
}

/** A request or a change, which is sent and has its own result. */
export interface Item {
  readonly request: TrialRequest;
  readonly change?: TrialChange;
}

const chance = 0.35;

/** In order of revisions. A cancel is final, so a higher revision must not undo it. */
const sequences: readonly [Actions, ...Actions[]] = [
  ['update'],
  ['update', 'update'],
  ['upsert'],
  ['upsert', 'update', 'upsert'],
  ['cancel'],
  ['update', 'cancel'],
  ['upsert', 'cancel'],
  ['update', 'cancel', 'update'],
];

type Actions = readonly TrialChange['action'][];

const scopes = ['organizer', 'organizationAndFederated', 'everyone'] as const;

/** Plans the changes of a request; none for most requests, and for createOrGet. */
export function changesOf({ meeting, externalId }: TrialRequest, random: Random): TrialChange[] {
  if (externalId !== undefined || random() >= chance) return [];
  return pick(sequences, random).map((action, index) => {
    const revision = index + 1;
    if (action === 'cancel') return { action, revision, sets: {} };
    const renames = action === 'upsert' || random() < 0.7;
    const subject = `${meeting.subject}, revision ${revision}`;
    const opens = !renames || random() < 0.4;
    return {
      action,
      revision,
      sets: { ...(renames && { subject }), ...(opens && lobby(pick(scopes, random))) },
    };
  });
}

/** The unique key of an item. */
export const keyOf = (requestId: string, revision: number | undefined): string =>
  revision === undefined ? requestId : `${requestId} revision ${revision}`;

/** The item as a queue message or batch row. */
export function bodyOf({ request, change }: Item): Readonly<Record<string, unknown>> {
  const { requestId, organizer, organizerPool, meeting, calendar } = request;
  const who = organizerPool === undefined ? { organizer } : { organizerPool };
  const whole = { ...who, meeting, ...(calendar !== undefined && { calendar }) };
  if (change === undefined) return { requestId, ...whole };
  const { action, revision, sets } = change;
  const said = { requestId, action, revision };
  if (action === 'cancel') return said;
  if (action === 'update') return { ...said, meeting: sets };
  return { ...said, ...whole, meeting: { ...meeting, ...sets } };
}
