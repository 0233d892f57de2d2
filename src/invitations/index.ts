import { toHtml } from './html';
import { methodOf, toICalendar } from './icalendar';
import type { InvitationSource } from '../results/invitation-source';
import { toText } from './text';

/** The forms of an invitation. */
export type InvitationForm = 'text' | 'html' | 'ics';

/** An invitation as the body of an answer. */
interface RenderedInvitation {
  readonly contentType: string;
  readonly body: string;
}

const forms: Readonly<Record<InvitationForm, (source: InvitationSource) => RenderedInvitation>> = {
  text: (source) => ({ contentType: 'text/plain; charset=utf-8', body: toText(source) }),
  html: (source) => ({ contentType: 'text/html; charset=utf-8', body: toHtml(source) }),
  ics: (source) => ({
    contentType: `text/calendar; charset=utf-8; method=${methodOf(source)}`,
    body: toICalendar(source),
  }),
};

/** Renders an invitation as plain text, as an HTML page, or as an iCalendar file. */
export const renderInvitation = (
  source: InvitationSource,
  form: InvitationForm,
): RenderedInvitation => forms[form](source);
