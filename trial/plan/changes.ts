import type { Random } from '../../local/graph-simulator/random';
import { pick } from './pick';
import { lobby, type TrialRequest } from './trial-request';

/** A change of a request's meeting, or its end. */
export interface TrialChange {
  readonly action: 'update' | 'upsert' | 'cancel';
  readonly revision: number;
  /** What it sets; nothing where it cancels. */
  readonly sets: {
    readonly subject?: string;
    readonly lobbyBypassSettings?: { readonly scope: string };
  };
}

/** A request, or a change of it: what is sent, and has a result of its own. */
export interface Item {
  readonly request: TrialRequest;
  readonly change?: TrialChange;
}

const chance = 0.35;

/** In order of their revisions. A cancel is final, so what has a higher revision must not undo it. */
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

/** What tells it from everything else that is sent. */
export const keyOf = (requestId: string, revision: number | undefined): string =>
  revision === undefined ? requestId : `${requestId} revision ${revision}`;

/** As a queue message, or a row of a batch, has it. */
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
