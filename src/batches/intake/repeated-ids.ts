import { MeetingError, type Problem } from '../../errors/meeting-error';
import { shorten } from '../../errors/problems';
import { requestIdOf } from '../../requests/parse/parse-meeting-request';
import type { BatchBody } from './body';

/** Maximum number of conflicts in an answer. */
const maxListed = 20;

/** Finds requestIds that occur more than once. Keeps only the ids, because batches may be large. */
export class SeenIds {
  readonly #seen = new Set<string>();
  readonly repeated = new Set<string>();

  add(input: unknown): void {
    const id = requestIdOf(input);
    if (id === undefined) return;
    const before = this.#seen.size;
    if (this.#seen.add(id).size === before) this.repeated.add(id);
  }
}

/** Rows, by their position, whose requestId another row has with different content: copies of a row keep its id. */
export function conflictingRows(
  rows: readonly { readonly row: number; readonly input: unknown }[],
): ReadonlyMap<number, Problem> {
  const known = new Map<string, { readonly index: number; readonly content: string }>();
  const conflicts = new Map<number, Problem>();
  for (const [index, { row, input }] of rows.entries()) {
    const id = requestIdOf(input);
    if (id === undefined) continue;
    const content = canonical(input);
    const first = known.get(id);
    if (first === undefined) known.set(id, { index, content });
    else if (first.content !== content) {
      conflicts.set(first.index, contradiction(id, rows[first.index]?.row ?? 0, row));
      conflicts.set(index, contradiction(id, rows[first.index]?.row ?? 0, row));
    }
  }
  return conflicts;
}

/**
 * Rows with the same requestId must be the same request, unless they are refused anyway. Reads the rows a second time; only a batch with repeated ids
 * needs this.
 * @throws MeetingError `invalidRequest` naming the rows that contradict each other.
 */
export async function refuseContradictions(
  body: BatchBody,
  repeated: ReadonlySet<string>,
): Promise<void> {
  const first = new Map<string, { readonly row: number; readonly content: string }>();
  const problems: Problem[] = [];
  for await (const { row, input, problems: own = [] } of body.rows()) {
    const id = requestIdOf(input);
    if (id === undefined || !repeated.has(id) || own.length > 0) continue;
    const content = canonical(input);
    const known = first.get(id);
    if (known === undefined) first.set(id, { row, content });
    else if (known.content !== content) problems.push(contradiction(id, known.row, row));
    if (problems.length === maxListed) break;
  }
  if (problems.length === 0) return;
  throw new MeetingError('invalidRequest', problems[0]?.message ?? '', {
    target: 'requestId',
    details: problems,
  });
}

const contradiction = (id: string, one: number, other: number): Problem => ({
  code: 'conflicting',
  target: 'requestId',
  message: `Rows ${one} and ${other} have the same requestId "${shorten(id)}" but different content.`,
});

/** A text that is equal for values that differ only in the order of their properties. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}
