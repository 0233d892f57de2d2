import type { Meeting } from './meeting';

type Phrases = {
  readonly join: string;
  readonly meetingId: string;
  readonly passcode: string;
  readonly options: string;
};

const phrases: Readonly<Record<string, Phrases>> = {
  'en-US': {
    join: 'Join the meeting now',
    meetingId: 'Meeting ID',
    passcode: 'Passcode',
    options: 'Meeting options',
  },
  'de-DE': {
    join: 'Jetzt an der Besprechung teilnehmen',
    meetingId: 'Besprechungs-ID',
    passcode: 'Passcode',
    options: 'Besprechungsoptionen',
  },
  'es-ES': {
    join: 'Unirse a la reunión ahora',
    meetingId: 'Id. de reunión',
    passcode: 'Código de acceso',
    options: 'Opciones de reunión',
  },
  'fr-FR': {
    join: 'Rejoindre la réunion maintenant',
    meetingId: 'ID de réunion',
    passcode: 'Code secret',
    options: 'Options de réunion',
  },
  'ja-JP': {
    join: '今すぐ会議に参加する',
    meetingId: '会議 ID',
    passcode: 'パスコード',
    options: '会議のオプション',
  },
  'pt-BR': {
    join: 'Ingressar na reunião agora',
    meetingId: 'ID da reunião',
    passcode: 'Senha',
    options: 'Opções de reunião',
  },
};

const fallback = 'en-US';

/** The text of each language, encoded once, with gaps for a meeting's own values. */
const templates = new Map(
  Object.entries(phrases).map(([tag, text]) => [tag, encode(toHtml(tag, text))]),
);

/** The invitation as Graph returns it: HTML as a data URL, in the caller's language or English. */
export function makeJoinInformation(meeting: Meeting, acceptLanguage: string | undefined): object {
  const { joinMeetingId, passcode } = meeting.joinMeetingIdSettings;
  const content = (templates.get(chooseLanguage(acceptLanguage)) ?? '')
    .replace('JOINURL', () => encode(meeting.joinWebUrl))
    .replace('OPTIONSURL', () => encode(meeting.meetingOptionsWebUrl.replaceAll('&', '&amp;')))
    .replace('MEETINGID', () => encode(joinMeetingId.replace(/\d{3}(?=\d)/g, '$& ')))
    .replace('PASSCODE', () => passcode ?? '');
  return { content: `data:text/html,${content}`, contentType: 'html' };
}

/** The wanted language, else its variant of another region, else English. */
function chooseLanguage(acceptLanguage = ''): string {
  for (const wanted of toRanking(acceptLanguage)) {
    const found = findLanguage(wanted);
    if (found !== undefined) return found;
  }
  return fallback;
}

function findLanguage(wanted: string): string | undefined {
  const tags = [...templates.keys()];
  const sameLanguage = (tag: string): boolean => tag.split('-')[0] === wanted.split('-')[0];
  return tags.find((tag) => tag.toLowerCase() === wanted) ?? tags.find(sameLanguage);
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-accept-language */
function toRanking(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(',')
    .map((item) => {
      const [tag = '', quality = 'q=1'] = item
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      return { tag, quality: Number(quality.slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

function toHtml(tag: string, text: Phrases): string {
  return [
    '<div style="max-width: 520px; color: #242424" class="me-email-text">',
    `  <a href="JOINURL" target="_blank" rel="noreferrer noopener">${text.join}</a>`,
    `  <div><span>${text.meetingId}: </span><span>MEETINGID</span></div>`,
    `  <div><span>${text.passcode}: </span><span>PASSCODE</span></div>`,
    `  <a href="OPTIONSURL&amp;language=${tag}" target="_blank">${text.options}</a>`,
    '</div>',
  ].join('\r\n');
}

/** Encodes for a URL like .NET: lower-case hexadecimal, and a plus sign for a space. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/['~]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
    .replaceAll('%20', '+')
    .replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}
