import { hash } from 'node:crypto';

/**
 * Yields the members of a pool in the order in which they are tried for this request. Rendezvous hashing: every
 * instance computes the same order, and a member who joins or leaves changes only their own meetings.
 * https://doi.org/10.1109/90.663936
 */
export function* rank(members: readonly string[], requestId: string): Generator<string, void> {
  const request = wordOf(requestId);
  const weights = wordsOf(members).map((word) => mix(word ^ request));
  const yielded = new Set<number>();
  // Usually the first member is taken, so sorting would be wasted.
  while (yielded.size < members.length) {
    let best: number | undefined;
    for (let place = 0; place < weights.length; place += 1)
      if (!yielded.has(place) && (best === undefined || isBefore(place, best))) best = place;
    if (best === undefined) return;
    yielded.add(best);
    yield members[best] ?? '';
  }

  function isBefore(one: number, other: number): boolean {
    const [weight = 0, otherWeight = 0] = [weights[one], weights[other]];
    if (weight !== otherWeight) return weight > otherWeight;
    return (members[one] ?? '') < (members[other] ?? '');
  }
}

const wordOf = (text: string): number =>
  Number.parseInt(hash('sha256', text, 'hex').slice(0, 8), 16);

/** Caches the words of a list, because a list is used for many requests. */
const words = new WeakMap<readonly string[], Uint32Array>();

function wordsOf(members: readonly string[]): Uint32Array {
  const known = words.get(members) ?? Uint32Array.from(members, wordOf);
  words.set(members, known);
  return known;
}

/** The finalizer of MurmurHash3: every bit of the input changes half of the output. */
function mix(word: number): number {
  let bits = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
