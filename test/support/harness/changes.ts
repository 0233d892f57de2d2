import { MeetingError } from '../../../src/errors/meeting-error';
import { carryOut } from '../../../src/meetings/carry-out';
import type { Action, MeetingRequest } from '../../../src/requests/meeting-request';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { aRequest, type CoreHarness } from './core-harness';

export const requestId = 'enrolment-2026-0017';
export const moved = { startDateTime: '2026-12-02T14:30:00Z', endDateTime: '2026-12-02T15:00:00Z' };

export type Asked = Partial<MeetingRequest> & { readonly action: Action };

/** Carries out requests one after another, a second apart, and returns their results or error codes. */
export async function run(
  core: CoreHarness,
  ...requests: Asked[]
): Promise<(MeetingResult | string)[]> {
  const results: (MeetingResult | string)[] = [];
  for (const asked of requests) {
    core.clock.advance(1_000);
    results.push(await one(core, asked));
  }
  return results;
}

/** Carries out one request, and returns its result or error code. An update or cancel has only what is given. */
export async function one(core: CoreHarness, asked: Asked): Promise<MeetingResult | string> {
  const isPartial = asked.action === 'update' || asked.action === 'cancel';
  const request = isPartial
    ? { requestId, organizer: '', meeting: {}, ...asked }
    : { ...aRequest, ...asked };
  try {
    return (await carryOut(request, core.metadata(), core.deps)).result;
  } catch (thrown) {
    if (thrown instanceof MeetingError) return thrown.code;
    throw thrown;
  }
}

/** Returns the error code of each result, or else its status. */
export const endings = (results: readonly (MeetingResult | string)[]): string[] =>
  results.map((result) =>
    typeof result === 'string' ? result : (result.error?.code ?? result.status),
  );

export const create: Asked = { action: 'create' };
export const move: Asked = { action: 'update', meeting: moved };
export const rename: Asked = { action: 'update', meeting: { subject: 'Another evening' } };
export const cancel: Asked = { action: 'cancel' };
export const upsert: Asked = { action: 'upsert' };
export const upsertMoved: Asked = { action: 'upsert', meeting: { ...aRequest.meeting, ...moved } };
