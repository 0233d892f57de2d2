import { MeetingError, type Problem } from './meeting-error';
import { wholeRequest } from './problems';

/** All problems of a request as one error, whose message and target are those of the first. */
export function invalidRequest(what: string, problems: readonly Problem[]): MeetingError {
  const [first] = problems;
  const inside = first !== undefined && first.target !== wholeRequest;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new MeetingError(
    'invalidRequest',
    `${what} ${inside ? `${first.target}: ` : ''}${first?.message ?? ''}${more}`,
    {
      target: inside ? first.target : undefined,
      details: problems,
    },
  );
}
