import { afterNumber } from './after-number';
import type { Words } from './english';

const rowsOf = (count: number): string => `${count} ${count === 1 ? 'Zeile' : 'Zeilen'}`;
const meetingsOf = (count: number): string =>
  `${count} ${count === 1 ? 'Besprechung' : 'Besprechungen'}`;

export const german: Words = {
  title: 'Besprechungen aus einer Tabelle',
  steps: ['Datei', 'Spalten', 'Prüfen', 'Anlegen', 'Fertig'],
  stepOf: (step, of) => `Schritt ${step} von ${of}`,
  back: 'Zurück',
  next: 'Weiter',
  language: 'Sprache',
  myBatches: 'Meine Listen',
  newSheet: 'Neue Liste',
  signedInAs: (name) => `Angemeldet als ${name}`,
  signOut: 'Abmelden',
  signIn: 'Anmelden',
  signInTitle: 'Bitte melden Sie sich an',
  signInText:
    'Verwenden Sie das Konto Ihrer Schule oder Firma. Sie legen die Besprechungen in deren Namen an.',
  signInEnded:
    'Ihre Anmeldung ist abgelaufen. Melden Sie sich in einem neuen Tab an und versuchen Sie es hier noch einmal.',
  signInOff: 'Für diese App ist keine Anmeldung eingerichtet. Wenden Sie sich an ihren Betreiber.',
  loading: 'Lädt …',
  tryAgain: 'Erneut versuchen',
  notReached:
    'Die App ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  failed: (message) => `Das hat nicht geklappt: ${message}`,

  fileTitle: 'Wählen Sie Ihre Tabelle',
  fileLead:
    'Eine Zeile ist eine Besprechung. Verwenden Sie Ihre eigene Excel- oder CSV-Datei mit Ihren eigenen Überschriften. Sie bekommen sie mit einem Link in jeder Zeile zurück.',
  choose: 'Datei wählen (Excel oder CSV)',
  drop: 'oder hierher ziehen, oder kopierte Zellen einfügen',
  staysHere:
    'Ihre Datei bleibt in Ihrem Browser, bis Sie „anlegen“ drücken. Zum Prüfen geht der Inhalt der Zeilen an diese App und sonst nirgendwohin.',
  pasted: 'Eingefügte Zellen',
  template: 'Noch keine Tabelle? Verwenden Sie eine Vorlage:',
  templateExcel: 'Excel-Vorlage',
  templateCsv: 'CSV-Vorlage',
  whichSheet: 'Welches Blatt?',
  hidden: 'ausgeblendet',
  emptyFile: 'Diese Datei ist leer.',
  emptySheet: 'Dieses Blatt hat keine Zeilen.',
  tooManyRows: (maxRows) =>
    `Das Blatt hat mehr als ${maxRows} Zeilen. Teilen Sie es auf mehrere Dateien auf.`,
  noSheet:
    'Diese Datei ist keine Tabelle. Wählen Sie eine Excel-Datei (.xlsx) oder eine CSV-Datei.',
  openQuote: (row) =>
    `In Zeile ${row} steht ein Anführungszeichen ("), das nicht geschlossen wird. Löschen Sie es, oder wählen Sie die Excel-Datei selbst.`,
  missingPart:
    'Ein Teil dieser Seite fehlt. Laden Sie die Seite neu, und wählen Sie die Datei noch einmal.',
  unreadable:
    'Die Datei lässt sich nicht lesen. Speichern Sie sie in Excel als Arbeitsmappe (.xlsx) ohne Kennwort und wählen Sie sie dann erneut.',
  tooLarge:
    'Die Datei ist zu groß. Löschen Sie Blätter, Zeilen und Bilder, die nicht nötig sind, oder speichern Sie das Blatt als CSV.',

  columnsTitle: 'Was steht in Ihren Spalten?',
  columnsLead: (rows) =>
    `Ihre Tabelle hat ${rowsOf(rows)}. Geben Sie an, was jede Spalte bedeutet. Was erkannt wurde, ist schon eingetragen.`,
  headerRow: 'Die Überschriften stehen in Zeile',
  noHeadings: (row, headerRow) =>
    `In Zeile ${row} stehen keine Überschriften mit Zeilen darunter. Es bleibt bei Zeile ${headerRow}.`,
  needed: 'erforderlich',
  textOf: (field) => `${field}: Text`,
  columnOption: (letters, name) => `Spalte ${letters}: ${name}`,
  sameForAll: 'Für alle Zeilen gleich …',
  notUsed: 'Nicht verwendet',
  textHint: (name) => `Mit {${name}} setzen Sie die Zelle dieser Spalte ein.`,
  noSuchColumn: (name) => `Keine Spalte heißt „${name}“.`,
  example: (value) => `Erste Zeile: ${value}`,
  exampleEmpty: 'Erste Zeile: leer',
  zone: 'Die Zeiten gelten in',
  zoneExample: (time, city) => `${time} in ${city}`,
  dateOrder: 'Wie sind die Daten geschrieben?',
  dateOrders: {
    dmy: 'Tag zuerst: 31.12.2030 oder 31/12/2030',
    mdy: 'Monat zuerst: 12/31/2030',
    ymd: 'Jahr zuerst: 30-12-31',
  },
  moreOptions: 'Weitere Einstellungen',
  missingFields: (fields) => `Es fehlt noch: ${fields}`,
  durationOrEnd: 'Dauer oder Ende',
  dateOrderNeeded: 'wie die Daten geschrieben sind',
  fields: {
    organizer: 'Organisator (E-Mail)',
    organizerPool: 'Pool von Organisatoren, statt eines Organisators',
    'meeting.subject': 'Titel',
    'meeting.startDateTime': 'Beginn: Tag, oder Tag und Uhrzeit',
    startTime: 'Beginn: Uhrzeit, wenn in eigener Spalte',
    durationMinutes: 'Dauer in Minuten',
    'meeting.endDateTime': 'Ende, statt einer Dauer',
    endTime: 'Ende: Uhrzeit, wenn in eigener Spalte',
    'meeting.participants.attendees': 'Teilnehmende (E-Mail)',
    'meeting.lobbyBypassSettings.scope': 'Wer kommt sofort hinein?',
    'meeting.allowedPresenters': 'Wer darf präsentieren?',
    'meeting.recordAutomatically': 'Aufzeichnung',
    requestId: 'Nummer oder Kürzel, das jede Zeile kennzeichnet',
    action: 'Spalte, in der „absagen“ steht',
    'calendar.enabled': 'Kalender und Einladungen',
    'calendar.location': 'Ort, in der Einladung',
    'calendar.body': 'Text der Einladung',
  },
  none: {
    organizerPool: 'Kein Pool: jede Zeile nennt ihren Organisator',
    'calendar.enabled': 'In keinem Kalender; niemand bekommt E-Mail',
  },
  ownOnly: (name) => `Die Besprechungen sind Ihre eigenen: Organisator ist ${name}.`,
  teamsDecides: 'Wie Teams es vorgibt',
  choices: {
    'meeting.lobbyBypassSettings.scope everyone': 'Alle kommen sofort hinein',
    'meeting.lobbyBypassSettings.scope organizationAndFederated':
      'Meine Organisation und ihre Partner; andere warten im Wartebereich',
    'meeting.lobbyBypassSettings.scope organization':
      'Meine Organisation; andere warten im Wartebereich',
    'meeting.lobbyBypassSettings.scope invited': 'Eingeladene; andere warten im Wartebereich',
    'meeting.lobbyBypassSettings.scope organizer': 'Nur der Organisator; alle anderen warten',
    'meeting.allowedPresenters everyone': 'Alle dürfen präsentieren',
    'meeting.allowedPresenters organization': 'Meine Organisation darf präsentieren',
    'meeting.allowedPresenters roleIsPresenter': 'Wer als Referent genannt ist, darf präsentieren',
    'meeting.allowedPresenters organizer': 'Nur der Organisator darf präsentieren',
    'meeting.recordAutomatically true': 'Von Anfang an aufzeichnen',
    'meeting.recordAutomatically false': 'Nicht automatisch aufzeichnen',
    'calendar.enabled true':
      'Im Kalender des Organisators; Teilnehmende werden per E-Mail eingeladen',
  },

  checkTitle: 'Prüfen, bevor etwas angelegt wird',
  checking: 'Prüft …',
  allRight: (rows) => (rows === 1 ? 'Die Zeile ist richtig.' : `Alle ${rows} Zeilen sind richtig.`),
  someWrong: (wrong, rows) =>
    rows === 1 ? 'Die Zeile ist zu berichtigen.' : `${wrong} von ${rows} Zeilen zu berichtigen.`,
  correctHint:
    'Berichtigen Sie die Zelle gleich hier. Auch die Tabelle, die Sie zurückbekommen, ist dann berichtigt, mit einem Vermerk, was dort stand.',
  row: 'Zeile',
  cellLabel: (name, row) => `${name}, Zeile ${row}`,
  corrected: 'Berichtigt',
  equalCells: (count, value) => `In alle ${count} Zellen mit „${value}“ schreiben`,
  moreRows: (count) =>
    `… und ${count} weitere. Sie ${count === 1 ? 'erscheint' : 'erscheinen'}, wenn diese richtig sind.`,
  wholeSheet: 'Das betrifft alle Zeilen:',
  changeColumns: 'Unter „Spalten“ ändern',
  problems: {
    missing: 'Hier fehlt etwas.',
    'missing organizer': 'Schreiben Sie, wer die Besprechung organisiert.',
    'missing meeting.subject': 'Schreiben Sie, wie die Besprechung heißt.',
    'missing meeting.startDateTime': 'Schreiben Sie, wann die Besprechung beginnt.',
    'missing meeting.endDateTime': 'Schreiben Sie, wie lange die Besprechung dauert.',
    'missing date': 'Schreiben Sie, an welchem Tag die Besprechung ist.',
    'missing startTime': 'Schreiben Sie, um wie viel Uhr die Besprechung beginnt.',
    'missing endTime': 'Schreiben Sie, um wie viel Uhr die Besprechung endet.',
    wrongType: 'Das lässt sich nicht lesen.',
    'wrongType meeting.startDateTime':
      'Das ist kein Tag mit Uhrzeit. Schreiben Sie 2030-12-31 14:00.',
    'wrongType meeting.endDateTime':
      'Das ist kein Tag mit Uhrzeit. Schreiben Sie 2030-12-31 14:00.',
    'wrongType durationMinutes': 'Schreiben Sie eine Zahl von Minuten, etwa 20.',
    'wrongType meeting.participants.attendees': 'Das ist keine E-Mail-Adresse.',
    invalidTime: 'Diesen Tag oder diese Uhrzeit gibt es nicht.',
    wrongWeekday: 'Der Wochentag passt nicht zum Datum.',
    invalidIdentity: 'Das ist keine E-Mail-Adresse.',
    invalidCharacters: 'Das enthält Zeichen, die nicht erlaubt sind.',
    outOfRange: 'Das ist zu klein oder zu groß.',
    unknownTimeZone: 'Diese Zeitzone gibt es nicht.',
    unknownValue: 'Dieser Wert wird hier nicht unterstützt.',
    tooLong: 'Das ist zu lang.',
    tooMany: 'Das sind zu viele.',
    'tooMany $': 'Es gibt noch weitere Fehler.',
    inThePast: 'Diese Besprechung ist schon vorbei.',
    excelError: 'In der Zelle steht ein Excel-Fehler.',
    endBeforeStart: 'Das Ende liegt vor dem Beginn.',
    organizerNotFound: 'Niemand in Ihrer Organisation hat diese Adresse.',
    organizerNotLicensed: 'Diese Person hat keine Teams-Lizenz.',
    accessPolicyMissing:
      'Für diese Person dürfen hier keine Besprechungen angelegt werden. Wenden Sie sich an den Betreiber dieser App.',
    'missing requestId':
      'Um eine Besprechung zu ändern oder abzusagen, verwenden Sie die Tabelle, die Sie hier heruntergeladen haben: Sie enthält die Besprechung jeder Zeile.',
    'unknownValue action':
      'Schreiben Sie „absagen“, um diese Besprechung abzusagen. Lassen Sie die Zelle leer, um sie zu behalten.',
    unknownProperty: 'Das wird hier nicht unterstützt.',
    readOnlyProperty: 'Das lässt sich nicht festlegen.',
    unsupportedProperty: 'Das lässt sich nicht mit einem Kalender kombinieren.',
    invalidJson: 'Das lässt sich nicht lesen.',
    tooDeep: 'Das lässt sich nicht lesen.',
    invalidLanguage: 'Diese Sprache gibt es nicht.',
    missingTimeZone: 'Wählen Sie die Zeitzone der Zeiten.',
    endWithoutStart: 'Es gibt ein Ende, aber keinen Beginn.',
    calendarNotEnabled: 'Kalender sind hier nicht eingerichtet.',
    mailboxOutOfScope: 'Der Kalender dieser Person darf hier nicht verwendet werden.',
    requestIdReused:
      'Diese Zeile hat schon eine Besprechung mit anderen Werten. Um sie zu ändern, verwenden Sie die Tabelle, die Sie hier heruntergeladen haben.',
    'requestIdReused organizer':
      'Der Organisator einer Besprechung lässt sich nicht ändern. Sagen Sie die Besprechung ab und geben Sie der Zeile ein anderes Kürzel.',
    requestCancelled:
      'Die Besprechung dieser Zeile wurde abgesagt. Geben Sie der Zeile ein anderes Kürzel.',
    meetingExpired:
      'Die Besprechung dieser Zeile ist abgelaufen. Geben Sie der Zeile ein anderes Kürzel.',
    accessDenied: 'Teams lässt das nicht zu. Wenden Sie sich an den Betreiber dieser App.',
    applicationRoleMissing:
      'Diese App darf keine Besprechungen anlegen. Wenden Sie sich an ihren Betreiber.',
    directoryPermissionMissing:
      'Diese App darf keine Personen suchen. Wenden Sie sich an ihren Betreiber.',
    organizerPoolNotFound: 'Diesen Pool von Organisatoren gibt es hier nicht.',
    organizerPoolExhausted:
      'Die Organisatoren dieses Pools können gerade keine weiteren Besprechungen übernehmen. Versuchen Sie es später noch einmal, oder wählen Sie einen anderen Organisator.',
    teamsNotInMailbox:
      'Der Kalender dieser Person lässt keine Teams-Besprechungen zu. Wenden Sie sich an den Betreiber dieser App.',
    eventDeleted:
      'Die Besprechung wurde aus dem Kalender gelöscht. Wenn Sie sie noch brauchen, versuchen Sie es noch einmal.',
    invitationsWithheld:
      'Die Besprechung gibt es, aber Teams hat nicht alle Einstellungen angenommen, und deshalb ist noch niemand eingeladen. Laden Sie in Outlook ein.',
    throttled: 'Teams ist gerade überlastet. Versuchen Sie es später noch einmal.',
    graphUnavailable: 'Teams hat nicht geantwortet. Versuchen Sie es später noch einmal.',
    outcomeUnknown:
      'Es ist ungewiss, ob diese Besprechung angelegt wurde, und ihr Link ist verloren. Senden Sie die Zeile in einer neuen Datei noch einmal, mit einem anderen Kürzel, falls sie eines hat.',
    cancelled:
      'Die Liste wurde vor dieser Zeile angehalten. Wenn Sie die Besprechung noch brauchen, senden Sie die Liste noch einmal.',
    notYours: 'Sie dürfen nur eigene Besprechungen anlegen.',
    invalidRequest:
      'Die App kann das nicht lesen. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
    requestTooLarge:
      'Das ist zu groß. Verwenden Sie weniger Zeilen, weniger Teilnehmende oder kürzere Texte.',
    endpointNotFound:
      'Diese Seite ist veraltet. Laden Sie sie neu und versuchen Sie es noch einmal.',
    forbidden: 'Das dürfen Sie hier nicht.',
    batchNotFound: 'Diese Liste gibt es nicht, oder sie gehört Ihnen nicht.',
    batchNotFinished: 'Die Liste wird noch bearbeitet. Warten Sie, bis sie fertig ist.',
    batchCancelled: 'Diese Liste wurde angehalten. Senden Sie die Tabelle noch einmal.',
    requestInProgress:
      'Die Besprechung dieser Zeile wird gerade angelegt. Versuchen Sie es in einer Minute noch einmal.',
    requestNotFound:
      'Zu dieser Zeile ist keine Besprechung bekannt. Prüfen Sie das Kürzel der Zeile. Wenn es die Besprechung gibt, ändern oder löschen Sie sie in Teams.',
    meetingNotFound:
      'Teams findet die Besprechung dieser Zeile nicht mehr: Sie wurde gelöscht oder ist abgelaufen. Geben Sie der Zeile ein anderes Kürzel, um eine neue zu bekommen.',
    noMeeting:
      'Die Besprechung dieser Zeile wurde nie angelegt und lässt sich deshalb nicht ändern. Versuchen Sie in der früheren Liste die fehlgeschlagenen Zeilen noch einmal.',
    noEntraIdentity: 'Diese Rolle können nur Personen aus Ihrer Organisation haben.',
    invalidWorkbook:
      'Die Excel-Datei lässt sich nicht lesen. Speichern Sie sie in Excel noch einmal und wählen Sie sie dann erneut.',
    graphRejected:
      'Teams hat das abgelehnt. Prüfen Sie die Angaben in der Zeile, oder wenden Sie sich an den Betreiber dieser App.',
    graphAuthenticationFailed:
      'Die App kann sich nicht bei Teams anmelden. Versuchen Sie es später noch einmal, oder wenden Sie sich an ihren Betreiber.',
    identityUnavailable:
      'Die App kann sich nicht bei Teams anmelden. Versuchen Sie es später noch einmal, oder wenden Sie sich an ihren Betreiber.',
    storageUnavailable:
      'Der Speicher der App hat nicht geantwortet. Versuchen Sie es später noch einmal.',
    processingFailed:
      'Diese Zeile ließ sich nicht verarbeiten. Versuchen Sie es noch einmal, oder wenden Sie sich an den Betreiber dieser App.',
    misconfigured: 'Diese App ist nicht richtig eingerichtet. Wenden Sie sich an ihren Betreiber.',
    internalError:
      'In der App ist etwas schiefgegangen. Versuchen Sie es später noch einmal. Wenn es wieder geschieht, wenden Sie sich an ihren Betreiber.',
    'conflicting requestId':
      'Eine andere Zeile hat dasselbe Kürzel. Wenn diese Zeile eine Kopie ist, leeren Sie diese Zelle: Dann wird eine neue Besprechung angelegt.',
    'conflicting durationMinutes':
      'Hier stehen Dauer und Ende. Leeren Sie eine der Zellen, oder verwenden Sie nur eine der Spalten.',
    conflicting: 'Das widerspricht einem anderen Wert.',
  },
  looking: 'Es wird geprüft, ob sich alles anlegen lässt …',
  outcomes: {
    create: afterNumber('wird angelegt', 'werden angelegt'),
    update: afterNumber('wird geändert', 'werden geändert'),
    unchanged: afterNumber('gibt es schon'),
    cancel: afterNumber('wird abgesagt', 'werden abgesagt'),
    refuse: afterNumber('lässt sich nicht anlegen', 'lassen sich nicht anlegen'),
  },
  properties: {
    subject: 'Titel',
    startDateTime: 'Beginn',
    endDateTime: 'Ende',
    participants: 'Teilnehmende',
    lobbyBypassSettings: 'Wer sofort hineinkommt',
    allowedPresenters: 'Wer präsentieren darf',
    recordAutomatically: 'Aufzeichnung',
    'calendar.location': 'Ort',
    'calendar.body': 'Text der Einladung',
    'calendar.invite': 'Eingeladene',
  },
  willBeMailed: (count) =>
    count === 1
      ? '1 E-Mail geht an Teilnehmende, wenn die Besprechungen angelegt werden'
      : `${count} E-Mails gehen an Teilnehmende, wenn die Besprechungen angelegt werden`,
  outlookTells:
    'Über geänderte und abgesagte Besprechungen benachrichtigt Outlook die Betroffenen per E-Mail.',
  sentBefore:
    'Sie haben schon eine Liste mit diesem Namen gesendet. Um deren Besprechungen zu ändern, verwenden Sie die Tabelle, die Sie dort heruntergeladen haben; diese hier legt neue an.',
  cancelledBefore: (count) =>
    `${count === 1 ? 'Die Besprechung einer Zeile wurde' : `Die Besprechungen von ${count} Zeilen wurden`} abgesagt, und die Links funktionieren nicht mehr. Neue Besprechungen bekommen neue Links.`,
  makeNew: 'Für diese Zeilen neue Besprechungen anlegen',
  willChange: 'Was geändert wird',
  changed: (from, to) => `${from} → ${to}`,
  nothing: 'nichts',
  pleaseNote: 'Bitte beachten',
  inRows: (rows, message) => `Zeilen ${rows}: ${message}`,
  inRow: (row, message) => `Zeile ${row}: ${message}`,
  warnings: {
    overlappingMeeting: 'Der Organisator hat zu dieser Zeit noch eine Besprechung.',
    manyMeetings:
      'Mehr als 2.000 Besprechungen für einen Organisator; mehr legt Teams in einem Monat nicht an.',
    organizerPoolExhausted:
      'Die Organisatoren dieses Pools können gerade keine weiteren Besprechungen übernehmen. Diese wird später angelegt.',
    notChecked: 'Das konnte gerade nicht geprüft werden.',
  },
  undo: 'Diese Besprechungen absagen',
  undoSure: (count) => `Ja, ${meetingsOf(count)} absagen`,
  undoHint: 'Die Links funktionieren dann nicht mehr. Das lässt sich nicht rückgängig machen.',
  keep: 'Nein, behalten',
  undoName: (file) => `${file}: abgesagt`,
  makeRest: (count) => `Ohne die fehlerhaften Zeilen fortfahren: ${count}`,

  makeTitle: 'Besprechungen anlegen',
  makeLead: 'Das wird angelegt:',
  changeTitle: 'Besprechungen ändern',
  changeLead: 'Das geschieht:',
  carryOut: (count) =>
    count === 0
      ? 'Nichts ändert sich: Tabelle mit den Links holen'
      : `${count} ${count === 1 ? 'Änderung' : 'Änderungen'} ausführen`,
  invitations: 'E-Mail',
  mails: (count) => `${count} ${count === 1 ? 'E-Mail' : 'E-Mails'} an Teilnehmende`,
  howMany: 'Wie viele',
  organizers: 'Organisatoren',
  when: 'Wann',
  meetings: meetingsOf,
  leftOut: (count) =>
    `${rowsOf(count)} ${count === 1 ? 'ist fehlerhaft und wird' : 'sind fehlerhaft und werden'} ausgelassen. Der Grund steht dann daneben.`,
  andMore: (count) => `und ${count} weitere`,
  fromTo: (from, to) => (from === to ? from : `${from} bis ${to}`),
  make: (count) => `${meetingsOf(count)} anlegen`,
  making: 'Wird gesendet …',

  progressTitle: 'Ihre Liste wird bearbeitet',
  stoppingTitle: 'Wird angehalten',
  doneTitle: 'Ihre Besprechungen sind da',
  changedTitle: 'Erledigt',
  stoppedTitle: 'Angehalten',
  fileOf: (file, name) => `${file}, gesendet von ${name}`,
  progress: (done, total) => `${done} von ${total}`,
  timeLeft: (minutes) =>
    minutes < 1 ? 'Noch weniger als eine Minute' : `Noch etwa ${minutes} Min.`,
  mayClose:
    'Sie können diese Seite schließen. Sie finden sie unter derselben Adresse wieder, oder unter „Meine Listen“.',
  stop: 'Anhalten',
  stopHint: 'Begonnene Besprechungen werden fertig angelegt. Weitere werden nicht begonnen.',
  counts: {
    created: afterNumber('angelegt'),
    existing: afterNumber('gab es schon'),
    updated: afterNumber('geändert'),
    unchanged: afterNumber('unverändert'),
    superseded: afterNumber('später geändert'),
    cancelled: afterNumber('abgesagt'),
    failed: afterNumber('nicht angelegt'),
    unknown: afterNumber('ungewiss'),
    pending: afterNumber('offen'),
  },
  download: 'Ihre Tabelle mit den Links herunterladen',
  downloadChange: 'Die Ergebnisse herunterladen',
  nextTime:
    'Senden Sie beim nächsten Mal die heruntergeladene Tabelle: Sie enthält die Besprechung jeder Zeile.',
  copyLinks: 'Links kopieren',
  copied: 'Kopiert',
  eachMeeting: (count) => `Eine Besprechung verschieben oder absagen (${count})`,
  find: 'Suchen',
  change: 'Ändern',
  changeRow: (row) => `Zeile ${row} ändern`,
  newDay: 'Neuer Tag',
  newTime: 'Neue Uhrzeit',
  move: 'Besprechung verschieben',
  cancelOne: 'Besprechung absagen',
  changeHint: 'Ändern Sie auch Ihre Tabelle: Sie gilt, wenn Sie sie das nächste Mal senden.',
  changeName: (file, row) => `${file}: Zeile ${row}`,
  notMade: 'Diese wurden nicht angelegt',
  retryFailed: 'Diese noch einmal versuchen',
  why: 'Warum',

  batchesTitle: 'Meine Listen',
  noBatches: 'Sie haben noch nichts gesendet.',
  file: 'Datei',
  sent: 'Gesendet',
  state: 'Stand',
  states: {
    accepted: 'beginnt',
    running: 'läuft',
    cancelling: 'wird angehalten',
    finished: 'fertig',
    cancelled: 'angehalten',
  },
  result: 'Ergebnis',
};
