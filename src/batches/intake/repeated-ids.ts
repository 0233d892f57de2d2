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

/** The first row of each requestId, and its content. */
class FirstRows<T> {
  readonly #first = new Map<string, { readonly place: T; readonly content: string }>();

  /** Notes a row at its place. Returns the place of the first row with this id if that has different content. */
  conflictOf(id: string, input: unknown, place: T): T | undefined {
    const content = canonical(input);
    const first = this.#first.get(id);
    if (first === undefined) this.#first.set(id, { place, content });
    return first === undefined || first.content === content ? undefined : first.place;
  }
}

/** Rows, by their position, whose requestId another row has with different content: copies of a row keep its id. */
export function conflictingRows(
  rows: readonly { readonly row: number; readonly input: unknown }[],
): ReadonlyMap<number, Problem> {
  const firstRows = new FirstRows<{ readonly index: number; readonly row: number }>();
  const conflicts = new Map<number, Problem>();
  for (const [index, { row, input }] of rows.entries()) {
    const id = requestIdOf(input);
    const first = id === undefined ? undefined : firstRows.conflictOf(id, input, { index, row });
    if (id === undefined || first === undefined) continue;
    for (const place of [first.index, index])
      conflicts.set(place, contradiction(id, first.row, row));
  }
  return conflicts;
}

/**
 * Rows with the same requestId must be the same request, unless they are refused anyway. Reads the rows a second time;
 * only a batch with repeated ids needs this.
 * @throws MeetingError `invalidRequest` naming the rows that contradict each other.
 */
export async function refuseContradictions(
  body: BatchBody,
  repeated: ReadonlySet<string>,
): Promise<void> {
  const firstRows = new FirstRows<number>();
  const problems: Problem[] = [];
  for await (const { row, input, problems: own = [] } of body.rows()) {
    const id = requestIdOf(input);
    if (id === undefined || !repeated.has(id) || own.length > 0) continue;
    const first = firstRows.conflictOf(id, input, row);
    if (first !== undefined) problems.push(contradiction(id, first, row));
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
