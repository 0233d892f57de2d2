import { joinHtmlOf } from '../results/join-information';
import type { InvitationSource } from '../results/invitation-source';
import { whenOf } from './invitation';
import { titleOf } from './text';

const escapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes.get(character) ?? character);

/** The invitation as an HTML page. Its body can be used in an email. */
export const toHtml = (source: InvitationSource): string =>
  [
    '<!doctype html>',
    '<html><head><meta charset="utf-8">',
    `<title>${escape(titleOf(source))}</title></head><body>`,
    `<h1>${escape(titleOf(source))}</h1>`,
    `<p>${escape(whenOf(source))}</p>`,
    joinHtml(source),
    '</body></html>',
    '',
  ].join('\n');

/** Graph's own block is for emails; a cancelled meeting has none. */
export function joinHtml({ meeting, isCancelled }: InvitationSource): string {
  if (isCancelled) return '';
  const html = joinHtmlOf(meeting);
  if (html !== '') return html;
  const url = escape(meeting.joinWebUrl ?? '');
  return `<p><a href="${url}">${url}</a></p>`;
}
