import { MeetingError } from '../../../src/errors/meeting-error';
import { carryOut } from '../../../src/meetings/carry-out';
import type { Action, MeetingRequest } from '../../../src/requests/meeting-request';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { aRequest, type CoreHarness } from './core-harness';

export const requestId = 'enrolment-2026-0017';
export const moved = { startDateTime: '2026-12-02T14:30:00Z', endDateTime: '2026-12-02T15:00:00Z' };

export type GivenRequest = Partial<MeetingRequest> & { readonly action: Action };

/** Carries out requests one after another, a second apart, and returns their results or error codes. */
export async function run(
  core: CoreHarness,
  ...requests: GivenRequest[]
): Promise<(MeetingResult | string)[]> {
  const results: (MeetingResult | string)[] = [];
  for (const given of requests) {
    core.clock.advance(1_000);
    results.push(await one(core, given));
  }
  return results;
}

/** Carries out one request, and returns its result or error code. An update or cancel has only what is given. */
export async function one(core: CoreHarness, given: GivenRequest): Promise<MeetingResult | string> {
  const isPartial = given.action === 'update' || given.action === 'cancel';
  const request = isPartial
    ? { requestId, organizer: '', meeting: {}, ...given }
    : { ...aRequest, ...given };
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

export const create: GivenRequest = { action: 'create' };
export const move: GivenRequest = { action: 'update', meeting: moved };
export const rename: GivenRequest = { action: 'update', meeting: { subject: 'Another evening' } };
export const cancel: GivenRequest = { action: 'cancel' };
export const upsert: GivenRequest = { action: 'upsert' };
export const upsertMoved: GivenRequest = {
  action: 'upsert',
  meeting: { ...aRequest.meeting, ...moved },
};
