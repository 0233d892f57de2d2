import assert from 'node:assert/strict';
import { ProtocolHarness, type Bounds } from './protocol-harness';
import type { Path } from '../../protocol/exploration';
import type { HttpCall } from '../../protocol/http-call';
import type { KnownStates } from '../../protocol/known-states';

/** Messages and calls about one request, by name. */
export interface ProtocolCase<Name extends string> {
  readonly bounds: Bounds;
  /** Done before anything goes wrong. */
  readonly before?: readonly Name[];
  /** On the queue, in this order. */
  readonly sent: readonly Name[];
  /** Over HTTP, by callers who wait for the answer. */
  readonly called?: readonly Name[];
}

/** The format of the messages, and their invariants. */
export interface Protocol<Name extends string> {
  readonly textOf: (name: Name) => string;
  /** Absent if there are no calls. */
  readonly httpCallOf?: (name: Name) => HttpCall;
  /** After `before`, when there is any. */
  readonly prepared?: (harness: ProtocolHarness) => void;
  /** The invariant of every state. */
  readonly checkState: (harness: ProtocolHarness) => void;
  /** Additional invariants of quiet states. */
  readonly checkEnd: (harness: ProtocolHarness, check: ProtocolCase<Name>) => Promise<void>;
}

/** Follows one path of a case. @throws the assertion that failed, with the calls that led there. */
export const makeFollow =
  <Name extends string>({ textOf, httpCallOf, prepared, ...checks }: Protocol<Name>) =>
  async (path: Path, check: ProtocolCase<Name>, known?: KnownStates): Promise<void> => {
    const { bounds, before = [], sent, called = [] } = check;
    const harness = new ProtocolHarness(path, bounds);
    await harness.prepare(before.map(textOf));
    if (before.length > 0) prepared?.(harness);
    for (const name of sent) harness.send(textOf(name));
    if (httpCallOf === undefined) assert.equal(called.length, 0, 'Nobody knows how to call.');
    else for (const name of called) harness.call(httpCallOf(name));
    try {
      const end = await harness.run(() => checks.checkState(harness), known);
      if (end === 'ended') await checks.checkEnd(harness, check);
    } catch (error) {
      throw new Error(`${sent.join(', ')}\n${harness.trace.join('\n')}\n${String(error)}`, {
        cause: error,
      });
    }
  };
