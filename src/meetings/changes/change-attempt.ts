import type { Change } from '../change';
import type { Applied } from './apply-change';
import type { ChangeEvent, Objections } from './decide-change';
import { objectionsTo } from './objections';
import type { MeetingDependencies } from '../dependencies';
import type { EndedChange, StoredEntry } from '../request-ledger';
import type { MessageMetadata } from '../../requests/message-metadata';

/** One attempt at a change. */
export interface ChangeAttempt {
  readonly change: Change;
  readonly metadata: MessageMetadata;
  readonly deps: MeetingDependencies;
}

/** The rows as last read, and the event since then. */
export interface ChangePosition {
  readonly stored: StoredEntry | undefined;
  readonly ended: EndedChange | undefined;
  readonly objections: Objections;
  readonly event: ChangeEvent;
  /** Graph's answer; present while the event is `applied`. */
  readonly applied?: Applied;
}

/** Reads the current rows of the request and of the change. */
export async function look({ change, metadata, deps }: ChangeAttempt): Promise<ChangePosition> {
  const { requestId } = change.request;
  const { stored, ended } = await deps.ledger.readWithChange(requestId, change.key);
  const objections =
    ended === undefined
      ? await objectionsTo(change.request, stored?.entry, { metadata, deps })
      : {};
  return { stored, ended, objections, event: { kind: 'arrived' } };
}
