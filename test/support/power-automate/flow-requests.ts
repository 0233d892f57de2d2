/** A meeting as a flow asks for it. */
export const requestOf = (subject: string, change: object = {}): object => ({
  requestId: `flow-${subject}`,
  organizer: 'anna@contoso.com',
  timeZone: 'GMT Standard Time',
  durationMinutes: 30,
  meeting: {
    subject,
    startDateTime: '2026-12-01T14:30:00',
    lobbyBypassSettings: { scope: 'everyone' },
  },
  ...change,
});

/** So many of them, each with its own id. */
export const requestsOf = (subject: string, count: number): object[] =>
  Array.from({ length: count }, (_, row) =>
    requestOf(subject, { requestId: `flow-${subject}-${row}` }),
  );
