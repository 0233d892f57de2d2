import type { Problem } from '../../errors/meeting-error';
import { parseMeetingRequest } from '../../requests/parse/parse-meeting-request';
import { pastMeetingProblem, type PastRule } from '../../requests/past-meeting';
import type { BatchBody } from './body';
import { SeenIds, refuseContradictions } from './repeated-ids';
import { validateRow } from './validate-row';

/** The problems of one row, by JSON path. */
interface RefusedRow {
  readonly row: number;
  readonly problems: readonly Problem[];
}

/**
 * The rows that would be refused, as far as can be told without calls to Graph or storage: fast, so that a person can
 * correct cell by cell. @throws MeetingError `invalidRequest` where rows contradict each other.
 */
export async function checkRows(body: BatchBody, rule: PastRule): Promise<readonly RefusedRow[]> {
  const refused: RefusedRow[] = [];
  const ids = new SeenIds();
  const byPath = { ...rule, nameOf: (target: string): string => target };
  for await (const given of body.rows()) {
    const line = validateRow(given, { batchId: '', index: 0 }, byPath);
    const problems = line.problems ?? pastProblems(line.input, rule);
    ids.add(given.input);
    if (problems.length > 0) refused.push({ row: given.row, problems });
  }
  if (ids.repeated.size > 0) await refuseContradictions(body, ids.repeated);
  return refused;
}

/** Of a row that is otherwise valid. */
function pastProblems(input: unknown, { now, allowPast }: PastRule): readonly Problem[] {
  const parsed = parseMeetingRequest(input);
  if (!parsed.ok || allowPast) return [];
  const problem = pastMeetingProblem(parsed.request.meeting, now.toISOString());
  return problem === undefined ? [] : [problem];
}
