import { runChecks, type CheckContext } from '../../doctor/run-checks';
import { MeetingError } from '../../errors/meeting-error';
import type { HttpHandler } from './response';

/** An object id, a user principal name (for guests with `#EXT#`) or an email address, without spaces or control characters. */
const organizerPattern = /^[^\s\p{C}]{1,320}$/u;

/** `GET /api/doctor[?organizer=…][&probe=true]`: explains what is wrong. Changes nothing without `probe`. */
export const makeDoctorHandler =
  (context: CheckContext): HttpHandler =>
  async (request) => {
    const organizer = request.query.get('organizer') ?? undefined;
    const probe = request.query.get('probe') === 'true';
    if (organizer !== undefined && !organizerPattern.test(organizer))
      throw refuse('is not an object id, a name or an address');
    if (probe && organizer === undefined)
      throw refuse('must specify the user for whom a meeting is created and deleted');
    const report = await runChecks(
      { probe, ...(organizer !== undefined && { organizer }) },
      context,
    );
    return { jsonBody: report, headers: { 'Cache-Control': 'no-store' } };
  };

function refuse(why: string): MeetingError {
  return new MeetingError('invalidRequest', `The parameter organizer ${why}.`, {
    target: 'organizer',
  });
}
