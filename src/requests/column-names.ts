/**
 * Column names in sheets of meetings, in English, German, French, Portuguese and Spanish, for the server and the page.
 * Names are compared in the form that `plainName` returns.
 */

/** The target of a column: a JSON path of a request, or a part of a time that has several columns. */
export type ColumnTarget =
  | 'requestId'
  | 'action'
  | 'organizer'
  | 'organizerPool'
  | 'language'
  | 'timeZone'
  | 'dateOrder'
  | 'durationMinutes'
  | 'meeting.subject'
  | 'meeting.startDateTime'
  | 'meeting.endDateTime'
  | 'meeting.participants.attendees'
  | 'meeting.lobbyBypassSettings.scope'
  | 'meeting.recordAutomatically'
  | 'meeting.allowedPresenters'
  | 'meeting.recurrence'
  | 'meeting.isAllDay'
  | 'calendar.enabled'
  | 'calendar.location'
  | 'calendar.body'
  | 'date'
  | 'startTime'
  | 'endTime';

/** Splits lines of names separated by commas. */
const names = (...lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => line.split(', '));

/** Names with one meaning: English, then German, French, Portuguese, Spanish. */
export const columnNames: Readonly<Record<ColumnTarget, readonly string[]>> = {
  requestId: names(
    'Request ID, Request Key, Meeting Key, External Key',
    'Anfrage-ID, Vorgangs-ID, ID de la demande, ID do pedido, ID de solicitud',
  ),
  action: names('Action, Aktion, Ação, Acción'),
  organizer: names(
    'Organizer, Organizer Email, Organizer Email Address, Organizer Address, Organizer UPN, Organiser',
    'Organiser Email, Meeting Organizer, Meeting Organiser, Organized by, Host, Host Email',
    'Organisator, Organisatorin, Organisator E-Mail, E-Mail Organisator, Besprechungsorganisator',
    'Veranstalter, Veranstalterin, Gastgeber, Gastgeberin',
    'Organisateur, Organisatrice, Organisateur de la réunion, E-mail organisateur',
    "E-mail de l'organisateur, Hôte",
    'Organizador, Organizadora, Organizador da reunião, E-mail do organizador, Anfitrião',
    'Organizador de la reunión, Correo del organizador, Correo electrónico del organizador, Anfitrión',
  ),
  organizerPool: names(
    'Organizer Pool, Organiser Pool, Pool of Organizers, Organisatorenpool',
    "Groupe d'organisateurs, Grupo de organizadores",
  ),
  language: names('Language'),
  timeZone: names(
    'Time Zone, TZ, Zeitzone, Fuseau horaire, Fuso horário, Zona horaria, Huso horario',
  ),
  dateOrder: names('Date Order'),
  durationMinutes: names(
    'Duration, Duration Minutes, Duration (min), Duration (minutes), Duration in minutes, Minutes',
    'Length, Dauer, Dauer (min), Dauer (Minuten), Dauer in Minuten, Dauer Minuten, Minuten, Länge',
    'Durée, Durée (min), Durée (minutes), Durée en minutes',
    'Duração, Duração (min), Duração (minutos), Duração em minutos, Minutos',
    'Duración, Duración (min), Duración (minutos), Duración en minutos',
  ),
  'meeting.subject': names(
    'Subject, Title, Topic, Meeting Subject, Meeting Title, Meeting Name, Meeting Topic, Event Title',
    'Betreff, Titel, Thema, Besprechungstitel',
    'Objet, Sujet, Titre, Titre de la réunion',
    'Assunto, Título, Tema, Título da reunião',
    'Asunto, Título de la reunión',
  ),
  'meeting.startDateTime': names(
    'Start Date Time, Start Date and Time, Start Date/Time, Start, Starts, Start Date, Begin, Begins',
    'Meeting Start, Date and Time, Date Time',
    'Beginn, Beginnt am, Start am, Startdatum, Anfang, Anfangsdatum, Datum und Uhrzeit',
    'Datum/Uhrzeit, Début, Date de début, Commence le, Date et heure',
    'Início, Data de início, Começa em, Data e hora',
    'Inicio, Fecha de inicio, Comienzo, Fecha de comienzo, Comienza el, Fecha y hora',
  ),
  'meeting.endDateTime': names(
    'End Date Time, End Date and Time, End Date/Time, End, Ends, End Date, Finish, Meeting End',
    'Ende, Endet am, Enddatum, Fin, Date de fin, Fim, Data de fim, Data de término, Término',
    'Fecha de fin, Fecha de finalización, Finaliza el',
  ),
  'calendar.enabled': [],
  'calendar.location': [],
  'calendar.body': [],
  date: names('Date, Day, Meeting Date, Datum, Tag, Termin, Jour, Data, Dia, Fecha'),
  startTime: names(
    'Time, Start Time, Starting Time, Begin Time, Meeting Time',
    'Uhrzeit, Zeit, Startzeit, Beginn Uhrzeit, Beginnt um, Anfangszeit',
    'Heure, Heure de début, Hora, Horário, Hora de início, Hora de inicio, Hora de comienzo',
  ),
  endTime: names(
    'End Time, Ending Time, Until, Endzeit, Ende Uhrzeit, Endet um, Bis',
    'Heure de fin, Hora de fim, Hora de término, Hora de fin, Hora de finalización',
  ),
  'meeting.participants.attendees': names(
    'Attendees, Attendee, Attendee Email, Attendee Emails, Required Attendees, Optional Attendees',
    'Participants, Participant, Invitees, Invited People, Guests, Guest Emails',
    'Teilnehmer, Teilnehmende, Teilnehmerinnen, Erforderliche Teilnehmer, Benötigte Teilnehmer',
    'Optionale Teilnehmer, Eingeladene, Gäste',
    'Invités, Participants obligatoires, Participants requis, Participants facultatifs',
    'Participantes, Convidados, Participantes obrigatórios, Participantes necessários',
    'Participantes opcionais, Asistentes, Invitados, Asistentes necesarios',
    'Asistentes obligatorios, Asistentes opcionales',
  ),
  'meeting.lobbyBypassSettings.scope': names('Lobby, Lobby Bypass, Wartebereich'),
  'meeting.recordAutomatically': names('Record Automatically, Automatisch aufzeichnen'),
  'meeting.allowedPresenters': names('Allowed Presenters, Who can present'),
  'meeting.recurrence': names(
    'Recurrence, Recurring, Recurrence Pattern, Serientyp, Wiederholung, Récurrence, Recorrência',
    'Periodicidad, Recurrencia',
  ),
  'meeting.isAllDay': names(
    'All day event, All day, Is all day, Ganztägiges Ereignis, Ganztägig, Journée entière',
    'Dia inteiro, Evento de dia inteiro, Todo el día',
  ),
};

/**
 * Names that stand for a target if no other column does; otherwise the column is the caller's own. If several targets
 * are left, the name is refused, because a guess could invite the wrong people.
 */
export const possibleColumns: readonly {
  readonly names: readonly string[];
  readonly targets: readonly ColumnTarget[];
}[] = [
  {
    names: names(
      'Teacher Email, Teacher E-mail Address, Owner Email, Lehrer E-Mail, Lehrkraft E-Mail',
      'E-Mail Lehrer, E-Mail Lehrkraft, E-mail enseignant, E-mail do professor',
      'Correo del profesor',
    ),
    targets: ['organizer'],
  },
  {
    names: names(
      'Parent Email, Parents Email, Guest Email, Customer Email, Student Email, Pupil Email',
      'Eltern E-Mail, E-Mail Eltern, E-Mail der Eltern, Schüler E-Mail, E-mail parent',
      'E-mail parents, E-mail des parents, E-mail dos pais, Correo de los padres',
      'Teilnehmer E-Mail, E-mail participant, Invite, Einladen',
    ),
    targets: ['meeting.participants.attendees'],
  },
  {
    names: names(
      'Email, E-mail Address, Mail, E-Mail-Adresse, Adresse e-mail, Courriel, Correo',
      'Correo electrónico, Endereço de e-mail, UPN, User, User Principal Name',
    ),
    targets: ['organizer', 'meeting.participants.attendees'],
  },
];
