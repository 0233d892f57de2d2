import { runChecks, type CheckContext } from '../../doctor/run-checks';
import { MeetingError } from '../../errors/meeting-error';
import { checkQueryNames, flagIn } from './request-options';
import type { HttpHandler } from './response';
import { wrongQuery } from './wrong-query';

/** An object id, a user principal name (for guests with `#EXT#`) or an email address, without spaces or control characters. */
const organizerPattern = /^[^\s\p{C}]{1,320}$/u;

/** `GET /api/doctor[?organizer=…][&probe=true]`: explains what is wrong. Changes nothing without `probe`. */
export const makeDoctorHandler =
  (context: CheckContext): HttpHandler =>
  async (request) => {
    checkQueryNames(request, ['organizer', 'probe']);
    const organizer = request.query.get('organizer') ?? undefined;
    const probe = flagIn(request, 'probe');
    if (organizer !== undefined && !organizerPattern.test(organizer))
      throw wrongQuery('organizer', 'must be an object id, a name or an address');
    if (probe && organizer === undefined)
      throw new MeetingError(
        'invalidRequest',
        'A probe creates a meeting for an organizer, and none is given.',
        {
          target: 'organizer',
          remedy: 'Add the query parameter organizer, then send the request again.',
        },
      );
    const report = await runChecks(
      { probe, ...(organizer !== undefined && { organizer }) },
      context,
    );
    return { jsonBody: report };
  };
