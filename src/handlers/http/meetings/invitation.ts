import type { HttpRequest } from '@azure/functions';
import type { InvitationForm, renderInvitation } from '../../../invitations';
import { invalidRequest } from '../../../errors/invalid-request';
import { Problems } from '../../../errors/problems';
import { findInvitation, type InvitationDependencies } from '../../../meetings/find-invitation';
import { readLanguage, readTimeZone } from '../../../requests/readers/request-properties';
import { parseTime } from '../../../requests/time/time';
import { preferredType } from '../accept';
import { acceptLanguage, checkQueryNames } from '../request-options';
import { requestIdIn } from './requests';
import type { HttpHandler } from '../response';
import { wrongQuery } from '../wrong-query';

interface GetInvitationDependencies extends InvitationDependencies {
  readonly renderInvitation: typeof renderInvitation;
}

/** `GET /api/requests/{requestId}/invitation`: text, HTML or iCalendar, by `Accept` or `?format=`. */
export function makeGetInvitationHandler(deps: GetInvitationDependencies): HttpHandler {
  return async (request) => {
    checkQueryNames(request, ['format', 'language', 'timeZone']);
    const form = formOf(request);
    const { language, timeZone } = readQuery(request);
    const source = await findInvitation(
      {
        requestId: await requestIdIn(request, deps.ledger),
        ...(language !== undefined && { language }),
      },
      deps,
    );
    const { contentType, body } = deps.renderInvitation(
      { ...source, ...(timeZone !== undefined && { timeZone }) },
      form,
    );
    return {
      body,
      headers: {
        Vary: 'Accept, Accept-Language',
        'Content-Type': contentType,
        ...safety[form],
      },
    };
  };
}

/** A browser must not run scripts in Graph's HTML, and must not take the text for HTML. */
const safety: Readonly<Record<InvitationForm, Readonly<Record<string, string>>>> = {
  text: { 'X-Content-Type-Options': 'nosniff' },
  html: {
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src https:; sandbox allow-popups",
  },
  ics: { 'Content-Disposition': 'attachment; filename="invitation.ics"' },
};

const formsByType: ReadonlyMap<string, InvitationForm> = new Map([
  ['text/plain', 'text'],
  ['text/html', 'html'],
  ['text/calendar', 'ics'],
]);

/** `?format=` overrides `Accept`, which flows cannot set. */
function formOf(request: HttpRequest): InvitationForm {
  const format = request.query.get('format')?.toLowerCase();
  if (format === 'text' || format === 'html' || format === 'ics') return format;
  if (format !== undefined) throw wrongQuery('format', 'must be text, html or ics');
  return preferredType(request.headers.get('accept'), formsByType);
}

function readQuery(request: HttpRequest) {
  const problems = new Problems();
  const reading = { problems, parseTime, forGraph: false };
  const language = readLanguage(request.query.get('language'), 'language', reading);
  const timeZone = readTimeZone(request.query.get('timeZone'), 'timeZone', reading);
  if (problems.count > 0) throw invalidRequest('The query is not valid.', problems.list());
  return { language: language ?? acceptLanguage(request), timeZone };
}
