import { failed, passed, type Finding } from './finding';
import type { GraphAnswer, Probes } from './probes';

/** In the past, so that nobody can join. Graph allows this. */
const meeting = {
  subject: 'Convoke doctor: may be deleted',
  startDateTime: '2020-01-01T00:00:00Z',
  endDateTime: '2020-01-01T00:15:00Z',
};

/** Creates one meeting for the organizer and deletes it. Nobody is invited. */
export async function probeMeeting(organizerId: string, { graph }: Probes): Promise<Finding> {
  const path = `/users/${encodeURIComponent(organizerId)}/onlineMeetings`;
  const made = await graph({ method: 'POST', path, body: meeting });
  const id = idIn(made);
  if (id === undefined) return notMade(made);
  const deleted = await graph({ method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` });
  if (deleted.kind === 'reply' && deleted.status === 204)
    return passed('probe', 'A meeting was created and deleted.');
  return failed('probe', 'A meeting was created, but could not be deleted.', {
    remedy: `Delete the meeting “${meeting.subject}” of 1 January 2020, or leave it. It is already over.`,
    evidence: describe(deleted),
  });
}

function idIn(answer: GraphAnswer): string | undefined {
  if (answer.kind === 'none' || answer.status !== 201) return undefined;
  const { id } = answer.body as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
}

function notMade(answer: GraphAnswer): Finding {
  const [meaning, remedy] = whyNotMade(answer);
  return failed('probe', meaning, { remedy, evidence: describe(answer) });
}

function whyNotMade(answer: GraphAnswer): readonly [meaning: string, remedy: string] {
  // Graph sometimes answers 500 although the call has succeeded.
  if (answer.kind === 'none' || answer.status >= 500) {
    return [
      'The call to Microsoft Graph was interrupted. The meeting may or may not exist.',
      `Run the doctor again. A meeting “${meeting.subject}” of 1 January 2020 may remain. It is already over.`,
    ];
  }
  return answer.status === 429
    ? [
        'Microsoft Graph is throttling new meetings of this organizer.',
        'Wait, or spread meetings across more organizers. A user can have up to 2,000 meetings a month.',
      ]
    : [
        'No meeting could be created.',
        'Fix the problems in the findings above, then run the doctor again.',
      ];
}

const describe = (answer: GraphAnswer): Record<string, string | number> =>
  answer.kind === 'none'
    ? { reason: answer.reason }
    : { status: answer.status, code: answer.code, message: answer.message.slice(0, 200) };
