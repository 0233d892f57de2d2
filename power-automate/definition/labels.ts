/** The texts of a property or parameter for makers. */
export interface Label {
  readonly title?: string;
  /** The description of an input, and of an output whose schema has none. */
  readonly description?: string;
  /** The description of an output. */
  readonly answer?: string;
  readonly visibility?: 'important' | 'advanced' | 'internal';
  /** For an input: the operation that returns its choices. */
  readonly choices?: 'ListTimeZones' | 'ListOrganizers' | 'ListBatches';
}

/** By name. Properties without an entry get a title from their name, and the description of their schema. */
export const labels: Readonly<Record<string, Label>> = {
  requestId: {
    title: 'Request ID',
    description:
      'Identifies the request, such as the ID of the row. The same ID never creates a second meeting.',
    visibility: 'important',
  },
  organizer: {
    description:
      'The organizer: email address, user principal name or object ID of a user who has Teams.',
    answer: 'Who organizes the meeting.',
    visibility: 'important',
    choices: 'ListOrganizers',
  },
  subject: { description: 'Subject of the meeting.', visibility: 'important' },
  startDateTime: {
    title: 'Start',
    description:
      'When the meeting starts, in the time zone: such as 2026-12-01T14:30, or a date from Excel.',
    answer: 'When the meeting starts, UTC.',
    visibility: 'important',
  },
  endDateTime: {
    title: 'End',
    description: 'When the meeting ends, in the time zone. Leave it out if you enter a duration.',
    answer: 'When the meeting ends, UTC.',
  },
  durationMinutes: {
    title: 'Duration in Minutes',
    description: 'How long the meeting lasts. Leave it out if you enter an end.',
    visibility: 'important',
  },
  timeZone: {
    description: 'For times without an offset, such as Pacific Standard Time or Europe/Lisbon.',
    visibility: 'important',
    choices: 'ListTimeZones',
  },
  attendees: { description: 'Addresses separated by semicolons.', visibility: 'important' },
  meeting: {
    description: 'The meeting, with all its options.',
    answer: 'The meeting, as Microsoft Graph returned it.',
    visibility: 'important',
  },
  requests: {
    title: 'Requests',
    description: 'The rows, each with a request ID and its meeting.',
    visibility: 'important',
  },
  defaults: {
    description: 'Values for rows that do not have their own.',
    visibility: 'important',
  },
  'Idempotency-Key': {
    title: 'Run Key',
    description:
      "Identifies the call, such as workflow()['run']['name']. If the flow repeats the call, nothing is created twice.",
    visibility: 'advanced',
  },
  batchId: {
    title: 'Batch ID',
    description: 'ID of the batch.',
    visibility: 'important',
    choices: 'ListBatches',
  },
  wait: { title: 'Wait', visibility: 'internal' },
  format: { title: 'Format', visibility: 'internal' },
  completedAfter: { title: 'Completed After', visibility: 'internal' },
  nextLink: { title: 'Next Link', visibility: 'advanced' },
  skip: { description: 'Number of rows to skip.', visibility: 'advanced' },
  top: {
    description: 'Maximum number of rows in the response, up to 1000.',
    visibility: 'advanced',
  },
  meetings: {
    title: 'Cancel Its Meetings',
    description: 'Yes cancels every meeting that this list has created, once the list has ended.',
  },
  confirm: {
    title: 'Retry Even If Unknown',
    description:
      'Yes also retries a request that may already have its meeting, at the risk of a second one.',
  },
  joinWebUrl: { title: 'Join Link', description: 'Where people join.', visibility: 'important' },
  joinInformation: { description: 'Text to put into an invitation.' },
  content: { description: 'The text, as HTML.' },
  contentType: { description: 'Format of the text.' },
  id: { title: 'ID', description: 'ID in Microsoft Graph.' },
  upn: { title: 'Address', description: 'User principal name or email address.' },
  role: { description: 'What the person can do in the meeting.' },
  identity: { description: 'The person in Microsoft Entra.', visibility: 'advanced' },
  user: { description: 'The user.' },
  creationDateTime: { title: 'Created', description: 'When Microsoft Teams created the meeting.' },
  joinMeetingIdSettings: { description: 'Joining by meeting ID and passcode.' },
  isPasscodeRequired: { description: 'Whether joining by meeting ID requires a passcode.' },
  joinMeetingId: { description: 'The number to join with.' },
  passcode: { description: 'The passcode that Microsoft Teams chose.' },
  participants: { description: 'Who takes part.' },
  text: { description: 'The message, as text.' },
  given: { title: 'Organizer as Sent', description: 'As sent.' },
};

const small = new Set(['to', 'by', 'of', 'for', 'in', 'from']);
const whole: Readonly<Record<string, string>> = {
  id: 'ID',
  url: 'URL',
  mic: 'Microphone',
  power: 'PowerPoint',
  point: '',
};

/** `allowAttendeeToEnableMic` becomes `Allow Attendee to Enable Microphone`. */
export function titleOf(name: string): string {
  const words = name
    .replace(/DateTime$/, '')
    .split(/(?=[A-Z])|[-_]/)
    .map((word) => word.toLowerCase());
  return words
    .map((word) => whole[word] ?? word)
    .filter((word) => word !== '')
    .map((word, place) =>
      place > 0 && small.has(word) ? word : word.replace(/^./, (letter) => letter.toUpperCase()),
    )
    .join(' ');
}
