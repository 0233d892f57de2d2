import type { OnlineMeeting } from '../requests/online-meeting';
import { isRecord } from '../requests/readers/scalar';

/** The data that people need to join a meeting, each as one text; empty if Graph has none. */
export interface JoinDetails {
  /** The text of Graph's own invitation, several lines. */
  readonly joinText: string;
  /**
   * The meeting id to type into Teams, in groups of three digits like in Teams, so that no spreadsheet takes it for a
   * number. Not the id of the meeting in Graph.
   */
  readonly joinMeetingId: string;
  readonly passcode: string;
  /** Phone number and conference id. */
  readonly dialIn: string;
  readonly meetingOptionsWebUrl: string;
  readonly expiryDateTime: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The join details of a meeting; empty texts if there is no meeting. */
export function joinDetailsOf(meeting: OnlineMeeting | null | undefined): JoinDetails {
  const { joinMeetingId, passcode } = meeting?.joinMeetingIdSettings ?? {};
  return {
    joinText: toPlainText(joinHtmlOf(meeting)),
    joinMeetingId: text(joinMeetingId).replace(/\d{3}(?=\d)/g, '$& '),
    passcode: text(passcode),
    dialIn: dialInOf(meeting?.['audioConferencing']),
    meetingOptionsWebUrl: text(meeting?.['meetingOptionsWebUrl']),
    expiryDateTime: text(meeting?.['expiryDateTime']),
  };
}

/** https://learn.microsoft.com/graph/api/resources/audioconferencing; examples there write ConferenceId. */
function dialInOf(conferencing: unknown): string {
  if (!isRecord(conferencing)) return '';
  const { tollNumber, tollNumbers, conferenceId, ConferenceId } = conferencing;
  const [first]: readonly unknown[] = Array.isArray(tollNumbers) ? tollNumbers : [];
  const number = text(tollNumber) || text(first);
  const id = text(conferenceId) || text(ConferenceId);
  return number === '' || id === '' ? number : `${number}, ${id}#`;
}

/**
 * The HTML of a meeting's `joinInformation`; empty if it has none. Graph encodes it as a data URL, with or without the
 * prefix `data:text/html,` encoded too, and with plus signs for spaces.
 */
export function joinHtmlOf(meeting: OnlineMeeting | null | undefined): string {
  const content = text(meeting?.joinInformation?.content);
  return decoded(content).replace(/^data:text\/html[^,]*,/i, '');
}

function decoded(content: string): string {
  if (!/^data(?::|%3a)/i.test(content)) return content;
  try {
    return decodeURIComponent(content.replaceAll('+', '%20'));
  } catch {
    return content;
  }
}

const invisible = /<!--.*?-->|<(style|script|head)\b.*?<\/\1\s*>/gis;
const link = /<a\b[^>]*?\bhref\s*=\s*(["'])(.*?)\1[^>]*>(.*?)<\/a\s*>/gis;
const lineEnd = /<br\b[^>]*>|<\/?(?:p|div|tr|li|ul|ol|table|h[1-6])\b[^>]*>/gi;
const tag = /<\/?[a-z][^>]*>/gi;

/** HTML as lines of text. A link becomes its text and its address. */
export function toPlainText(html: string): string {
  const lines = html
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .replace(link, (...[, , href, words]: string[]) => ` ${linkText(href ?? '', words ?? '')} `)
    .replace(lineEnd, '\n')
    .replace(tag, '')
    .split('\n')
    .map((line) => decodeEntities(line).replace(/\s+/g, ' ').trim());
  return lines.filter((line) => line !== '' && !/^[_\s-]+$/.test(line)).join('\n');
}

function linkText(href: string, words: string): string {
  const shown = words.replace(tag, ' ').trim();
  if (!/^https?:/i.test(href) || shown === href) return shown;
  return `${shown} &lt;${href}&gt;`;
}

const namedEntities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

const decodeEntities = (line: string): string =>
  line.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{1,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return namedEntities.get(name.toLowerCase()) ?? whole;
    const code = Number(name.replace(/^#x/i, '0x').replace('#', ''));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
