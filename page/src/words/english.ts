import { afterNumber } from './after-number';

/** All texts of the page. */
export const english = {
  title: 'Meetings from a sheet',
  steps: ['File', 'Columns', 'Check', 'Create', 'Done'],
  stepOf: (step: number, of: number) => `Step ${step} of ${of}`,
  back: 'Back',
  next: 'Next',
  language: 'Language',
  myBatches: 'My lists',
  newSheet: 'New list',
  signedInAs: (name: string) => `Signed in as ${name}`,
  signOut: 'Sign out',
  signIn: 'Sign in',
  signInTitle: 'Please sign in',
  signInText: 'Use your work or school account. Meetings are created in its name.',
  signInEnded:
    'Your session has expired. Sign in again in a new tab, then come back and try again.',
  signInOff: 'Sign-in is not set up for this app. Ask the person who runs it.',
  loading: 'Loading…',
  tryAgain: 'Try again',
  notReached: 'The app could not be reached. Check your connection, then try again.',
  failed: (message: string) => `Something went wrong: ${message}`,

  fileTitle: 'Choose your sheet',
  fileLead:
    'Each row becomes one meeting. Use your own Excel file or CSV, with your own headings. You get it back with a link in each row.',
  choose: 'Choose a file (Excel or CSV)',
  drop: 'or drop it here, or paste cells that you have copied',
  staysHere:
    'Your file stays in your browser until you select “Create”. To check the rows, the page sends their content to this app and nowhere else.',
  pasted: 'Pasted cells',
  template: 'No sheet yet? Download a template:',
  templateExcel: 'Excel template',
  templateCsv: 'CSV template',
  whichSheet: 'Which sheet?',
  hidden: 'hidden',
  emptyFile: 'This file is empty.',
  emptySheet: 'This sheet has no rows.',
  tooManyRows: (maxRows: number) =>
    `The sheet has more than ${maxRows} rows. Split it into several files.`,
  noSheet: 'This file is not a sheet. Choose an Excel file (.xlsx) or a CSV file.',
  openQuote: (row: number) =>
    `Row ${row} has a quotation mark (") that is not closed. Delete it, or choose the Excel file itself.`,
  missingPart: 'Part of this page is missing. Reload the page, and choose the file again.',
  unreadable:
    'The file cannot be read. Save it in Excel as a workbook (.xlsx) without a password, then choose it again.',
  tooLarge:
    'The file is too large. Delete sheets, rows and pictures that are not needed, or save the sheet as CSV.',

  columnsTitle: 'What is in your columns?',
  columnsLead: (rows: number) =>
    `Your sheet has ${rows} ${rows === 1 ? 'row' : 'rows'}. Choose what each column means. Recognized columns are already filled in.`,
  headerRow: 'The headings are in row',
  noHeadings: (row: number, headerRow: number) =>
    `Row ${row} has no headings with rows below them. The headings are still in row ${headerRow}.`,
  needed: 'required',
  textOf: (field: string) => `${field}: text`,
  columnOption: (letters: string, name: string) => `Column ${letters}: ${name}`,
  sameForAll: 'The same for all rows…',
  notUsed: 'Not used',
  textHint: (name: string) => `Type {${name}} to insert the value from that column.`,
  noSuchColumn: (name: string) => `No column is called “${name}”.`,
  example: (value: string) => `First row: ${value}`,
  exampleEmpty: 'First row: empty',
  zone: 'The times are in',
  zoneExample: (time: string, city: string) => `${time} in ${city}`,
  dateOrder: 'How are the dates written?',
  dateOrders: {
    dmy: 'Day first: 31.12.2030 or 31/12/2030',
    mdy: 'Month first: 12/31/2030',
    ymd: 'Year first: 30-12-31',
  },
  moreOptions: 'More options',
  missingFields: (fields: string) => `Still needed: ${fields}`,
  durationOrEnd: 'duration or end',
  dateOrderNeeded: 'how the dates are written',
  fields: {
    organizer: 'Organizer (email)',
    organizerPool: 'Organizer pool, instead of one organizer',
    'meeting.subject': 'Title',
    'meeting.startDateTime': 'Start: day, or day and time',
    startTime: 'Start: time, if in a separate column',
    durationMinutes: 'Duration in minutes',
    'meeting.endDateTime': 'End, instead of a duration',
    endTime: 'End: time, if in a separate column',
    'meeting.participants.attendees': 'Participants (email)',
    'meeting.lobbyBypassSettings.scope': 'Who can bypass the lobby?',
    'meeting.allowedPresenters': 'Who can present?',
    'meeting.recordAutomatically': 'Recording',
    requestId: 'Number or code that identifies each row',
    action: 'Column that says “cancel”',
    'calendar.enabled': 'Calendar and invitations',
    'calendar.location': 'Place, in the invitation',
    'calendar.body': 'Text of the invitation',
  } as Readonly<Record<string, string>>,
  /** Names of the choice “nothing” of a field. */
  none: {
    organizerPool: 'No pool: each row specifies its organizer',
    'calendar.enabled': 'Not in a calendar; no emails are sent',
  } as Readonly<Record<string, string>>,
  ownOnly: (name: string) => `The meetings are yours: the organizer is ${name}.`,
  teamsDecides: 'As set in Teams',
  choices: {
    'meeting.lobbyBypassSettings.scope everyone': 'Everyone bypasses the lobby',
    'meeting.lobbyBypassSettings.scope organizationAndFederated':
      'My organization and its partners; others wait in the lobby',
    'meeting.lobbyBypassSettings.scope organization': 'My organization; others wait in the lobby',
    'meeting.lobbyBypassSettings.scope invited': 'Invited people; others wait in the lobby',
    'meeting.lobbyBypassSettings.scope organizer': 'Only the organizer; everybody else waits',
    'meeting.allowedPresenters everyone': 'Everybody can present',
    'meeting.allowedPresenters organization': 'My organization can present',
    'meeting.allowedPresenters roleIsPresenter': 'People with the presenter role can present',
    'meeting.allowedPresenters organizer': 'Only the organizer can present',
    'meeting.recordAutomatically true': 'Record from the start',
    'meeting.recordAutomatically false': 'Do not record automatically',
    'calendar.enabled true': 'In the organizer’s calendar; participants are invited by email',
  } as Readonly<Record<string, string>>,

  checkTitle: 'Check before anything is created',
  checking: 'Checking…',
  allRight: (rows: number) =>
    rows === 1 ? 'The row is correct.' : `All ${rows} rows are correct.`,
  someWrong: (wrong: number, rows: number) =>
    rows === 1
      ? 'The row needs a correction.'
      : `${wrong} of ${rows} rows ${wrong === 1 ? 'needs' : 'need'} a correction.`,
  correctHint:
    'Correct the cells here. The sheet that you get back has your corrections, with a note of the original values.',
  row: 'Row',
  cellLabel: (name: string, row: number) => `${name}, row ${row}`,
  corrected: 'Corrected',
  equalCells: (count: number, value: string) =>
    `Use this in all ${count} cells that contain “${value}”`,
  moreRows: (count: number) =>
    `… and ${count} more. ${count === 1 ? 'It' : 'They'} will be shown after you correct these.`,
  wholeSheet: 'This applies to all rows:',
  changeColumns: 'Change it under Columns',
  /** What is wrong with a cell, a row or a call: by code, or by code and field if a field has its own sentence. */
  problems: {
    missing: 'Something is missing here.',
    'missing organizer': 'Enter the organizer.',
    'missing meeting.subject': 'Enter a title.',
    'missing meeting.startDateTime': 'Enter a start time.',
    'missing meeting.endDateTime': 'Enter a duration.',
    'missing date': 'Enter a date.',
    'missing startTime': 'Enter a start time.',
    'missing endTime': 'Enter an end time.',
    wrongType: 'This cannot be read.',
    'wrongType meeting.startDateTime': 'This is not a date and time. Example: 2030-12-31 14:00.',
    'wrongType meeting.endDateTime': 'This is not a date and time. Example: 2030-12-31 14:00.',
    'wrongType durationMinutes': 'Enter a number of minutes, such as 20.',
    'wrongType meeting.participants.attendees': 'This is not an email address.',
    invalidTime: 'This day or time does not exist.',
    wrongWeekday: 'The day of the week does not match the date.',
    invalidIdentity: 'This is not an email address.',
    invalidCharacters: 'This contains characters that cannot be used.',
    outOfRange: 'This is too small or too large.',
    unknownTimeZone: 'This time zone does not exist.',
    unknownValue: 'This value is not supported here.',
    tooLong: 'This is too long.',
    tooMany: 'There are too many.',
    'tooMany $': 'There are more problems.',
    inThePast: 'This meeting is already over.',
    excelError: 'The cell contains an Excel error.',
    endBeforeStart: 'The end is before the start.',
    organizerNotFound: 'Nobody in your organization has this address.',
    organizerNotLicensed: 'This person has no licence for Teams.',
    accessPolicyMissing:
      'You cannot create meetings for this person. Ask the person who runs this app.',
    'missing requestId':
      'To change or cancel a meeting, use the sheet that you downloaded here. It identifies the meeting in each row.',
    'unknownValue action':
      'Enter “cancel” to cancel this meeting. Leave the cell empty to keep it.',
    unknownProperty: 'This is not supported here.',
    readOnlyProperty: 'This cannot be set.',
    unsupportedProperty: 'This cannot be combined with a calendar.',
    invalidJson: 'This cannot be read.',
    tooDeep: 'This cannot be read.',
    invalidLanguage: 'This language does not exist.',
    missingTimeZone: 'Choose a time zone.',
    endWithoutStart: 'There is an end, but no start.',
    calendarNotEnabled: 'Calendars are not set up here.',
    mailboxOutOfScope: 'This app is not allowed to use this person’s calendar.',
    requestIdReused:
      'This row already has a meeting with other values. To change it, use the sheet that you downloaded here.',
    'requestIdReused organizer':
      'The organizer of a meeting cannot be changed. Cancel the meeting, then enter a different code for the row.',
    requestCancelled: 'The meeting of this row was cancelled. Enter a different code for the row.',
    meetingExpired: 'The meeting of this row has expired. Enter a different code for the row.',
    accessDenied: 'Teams does not allow this. Ask the person who runs this app.',
    applicationRoleMissing:
      'This app is not allowed to create meetings. Ask the person who runs it.',
    directoryPermissionMissing:
      'This app is not allowed to look up people. Ask the person who runs it.',
    organizerPoolNotFound: 'This pool of organizers does not exist here.',
    organizerPoolExhausted:
      'The organizers of this pool cannot take more meetings now. Try again later, or choose another organizer.',
    teamsNotInMailbox:
      'This person’s calendar does not allow Teams meetings. Ask the person who runs this app.',
    eventDeleted: 'The meeting was deleted from the calendar. If you still want it, try again.',
    invitationsWithheld:
      'The meeting exists, but Teams did not accept all of its options, so nobody has been invited. Invite people in Outlook.',
    throttled: 'Teams is too busy at the moment. Try again later.',
    graphUnavailable: 'Teams did not answer. Try again later.',
    outcomeUnknown:
      'It is not certain whether this meeting was created, and its link is lost. Send the row again in a new file, with a different code if it has one.',
    cancelled:
      'The list was stopped before this row. If you still want the meeting, send the list again.',
    notYours: 'You can create only your own meetings.',
    invalidRequest: 'The app cannot read this. Reload the page, then try again.',
    requestTooLarge: 'This is too large. Use fewer rows, fewer participants or shorter texts.',
    endpointNotFound: 'This page is out of date. Reload it, then try again.',
    forbidden: 'You are not allowed to do this here.',
    batchNotFound: 'This list does not exist, or it is not yours.',
    batchNotFinished: 'The list is still being processed. Wait until it is done.',
    batchCancelled: 'This list was stopped. Send the sheet again.',
    requestInProgress: 'The meeting of this row is being created. Try again in a minute.',
    requestNotFound:
      'The app does not know a meeting of this row. Check its code. If the meeting exists, change or delete it in Teams.',
    meetingNotFound:
      'Teams can no longer find the meeting of this row: it was deleted or has expired. To get a new one, enter a different code for the row.',
    noMeeting:
      'The meeting of this row was never created, so it cannot be changed. In its earlier list, try the failed rows again.',
    noEntraIdentity: 'Only people in your organization can have this role.',
    invalidWorkbook:
      'The Excel file cannot be read. Save it in Excel once more, then choose it again.',
    graphRejected:
      'Teams has rejected this. Check the values of the row, or ask the person who runs this app.',
    graphAuthenticationFailed:
      'The app cannot sign in to Teams. Try again later, or ask the person who runs it.',
    identityUnavailable:
      'The app cannot sign in to Teams. Try again later, or ask the person who runs it.',
    storageUnavailable: 'The app’s storage did not answer. Try again later.',
    processingFailed:
      'This row could not be processed. Try again, or ask the person who runs this app.',
    misconfigured: 'This app is not set up correctly. Ask the person who runs it.',
    internalError:
      'Something went wrong inside the app. Try again later. If it happens again, ask the person who runs it.',
    'conflicting requestId':
      'Another row has the same code. If this row is a copy, clear this cell to create a new meeting.',
    'conflicting durationMinutes':
      'There is a duration and an end. Clear one of the cells, or use only one of the columns.',
    conflicting: 'This conflicts with another value.',
  } as Readonly<Record<string, string>>,
  looking: 'Checking whether everything can be created…',
  outcomes: {
    create: afterNumber('will be created'),
    update: afterNumber('will be changed'),
    unchanged: afterNumber('already exists', 'already exist'),
    cancel: afterNumber('will be cancelled'),
    refuse: afterNumber('cannot be created'),
  },
  /** Names of properties in the list of changes. */
  properties: {
    subject: 'Title',
    startDateTime: 'Start',
    endDateTime: 'End',
    participants: 'Participants',
    lobbyBypassSettings: 'Who can bypass the lobby',
    allowedPresenters: 'Who can present',
    recordAutomatically: 'Recording',
    'calendar.location': 'Place',
    'calendar.body': 'Text of the invitation',
    'calendar.invite': 'Invited people',
  } as Readonly<Record<string, string>>,
  willBeMailed: (count: number) =>
    `${count} ${count === 1 ? 'email' : 'emails'} will be sent to participants when the meetings are created`,
  outlookTells: 'Outlook sends email about changed and cancelled meetings to the people affected.',
  sentBefore:
    'You have already sent a list with this name. To change its meetings, use the sheet that you downloaded then. This one creates new meetings.',
  cancelledBefore: (count: number) =>
    `${count === 1 ? 'The meeting of 1 row was' : `The meetings of ${count} rows were`} cancelled, and the links no longer work. New meetings get new links.`,
  makeNew: 'Create new meetings for these rows',
  willChange: 'What will be changed',
  changed: (from: string, to: string) => `${from} → ${to}`,
  nothing: 'nothing',
  pleaseNote: 'Please note',
  inRows: (rows: string, message: string) => `Rows ${rows}: ${message}`,
  inRow: (row: number, message: string) => `Row ${row}: ${message}`,
  warnings: {
    overlappingMeeting: 'The organizer has another meeting at that time.',
    manyMeetings:
      'More than 2,000 meetings for one organizer. Teams does not create more in a month.',
    organizerPoolExhausted:
      'The organizers of this pool cannot take more meetings now. This one will be created later.',
    notChecked: 'This could not be checked now.',
  } as Readonly<Record<string, string>>,
  undo: 'Cancel these meetings',
  undoSure: (count: number) => `Yes, cancel ${count} ${count === 1 ? 'meeting' : 'meetings'}`,
  undoHint: 'Their links will stop working. This cannot be undone.',
  keep: 'No, change nothing',
  undoName: (file: string) => `${file}: cancelled`,
  makeRest: (count: number) => `Continue with the correct rows: ${count}`,

  makeTitle: 'Create the meetings',
  makeLead: 'This is what will be created:',
  changeTitle: 'Change the meetings',
  changeLead: 'This is what will happen:',
  carryOut: (count: number) =>
    count === 0
      ? 'No changes: get the sheet with its links'
      : `Apply ${count} ${count === 1 ? 'change' : 'changes'}`,
  invitations: 'Emails',
  mails: (count: number) => `${count} ${count === 1 ? 'email' : 'emails'} to participants`,
  howMany: 'How many',
  organizers: 'Organizers',
  when: 'When',
  meetings: (count: number) => `${count} ${count === 1 ? 'meeting' : 'meetings'}`,
  leftOut: (count: number) =>
    `${count} ${count === 1 ? 'row has' : 'rows have'} errors and will be skipped. The reason will be next to each row.`,
  andMore: (count: number) => `and ${count} more`,
  fromTo: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  make: (count: number) => `Create ${count} ${count === 1 ? 'meeting' : 'meetings'}`,
  making: 'Sending…',

  progressTitle: 'Your list is being processed',
  stoppingTitle: 'Stopping',
  doneTitle: 'Your meetings are ready',
  changedTitle: 'Your changes are complete',
  stoppedTitle: 'Stopped',
  fileOf: (file: string, name: string) => `${file}, sent by ${name}`,
  progress: (done: number, total: number) => `${done} of ${total}`,
  timeLeft: (minutes: number) =>
    minutes < 1 ? 'Less than a minute left' : `About ${minutes} min left`,
  mayClose: 'You can close this page. To return to it, use the same address, or open “My lists”.',
  stop: 'Stop',
  stopHint: 'Meetings that are being created now will still be created. No others will be.',
  counts: {
    created: afterNumber('created'),
    existing: afterNumber('already existed'),
    updated: afterNumber('changed'),
    unchanged: afterNumber('is unchanged', 'are unchanged'),
    superseded: afterNumber('replaced by a newer change'),
    cancelled: afterNumber('cancelled'),
    failed: afterNumber('not created'),
    unknown: afterNumber('not certain'),
    pending: afterNumber('remaining'),
  },
  download: 'Download your sheet with the links',
  downloadChange: 'Download the results',
  nextTime: 'Next time, send the downloaded sheet. It identifies the meeting in each row.',
  copyLinks: 'Copy the links',
  copied: 'Copied',
  eachMeeting: (count: number) => `Move or cancel one meeting (${count})`,
  find: 'Find',
  change: 'Change',
  changeRow: (row: number) => `Change row ${row}`,
  newDay: 'New day',
  newTime: 'New time',
  move: 'Move the meeting',
  cancelOne: 'Cancel the meeting',
  changeHint: 'Change your sheet too. Otherwise, sending it again undoes this change.',
  changeName: (file: string, row: number) => `${file}: row ${row}`,
  notMade: 'These were not created',
  retryFailed: 'Try these again',
  why: 'Why',

  batchesTitle: 'My lists',
  noBatches: 'You have not sent anything yet.',
  file: 'File',
  sent: 'Sent',
  state: 'State',
  states: {
    accepted: 'starting',
    running: 'running',
    cancelling: 'stopping',
    finished: 'done',
    cancelled: 'stopped',
  },
  result: 'Result',
};

/** The texts that every language must have. */
export type Words = typeof english;
