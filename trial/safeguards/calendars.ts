import type { Safeguards } from './safeguard';

const protocol = 'meetings/calendar/protocol.test.ts';

/** Safeguards of meetings in calendars: one key, each step recorded, options before invitations. */
export const ofCalendars: Safeguards = {
  'every attempt has a key of its own in Exchange': {
    file: 'meetings/calendar/recorded-event.ts',
    find: '`event ${number} of ${requestId}`',
    replace: '`event ${number} of ${requestId} ${Math.random()}`',
    test: protocol,
    name: 'the event is made',
  },
  'what may be there is not looked for': {
    file: 'meetings/calendar/ensure-event.ts',
    find: 'planned.mayHaveMeeting ? await find() : undefined',
    replace: 'undefined',
    test: 'meetings/calendar/calendar.test.ts',
    name: 'Exchange has forgotten the key',
  },
  'the event is not recorded before its invitations': {
    file: 'meetings/calendar/ensure-event.ts',
    find: 'await work.record(toRecord(event, next));',
    replace: '',
    test: 'meetings/calendar/calendar.test.ts',
    name: 'the event is in the ledger before anybody is invited',
  },
  'people are invited before the options are set': {
    file: 'meetings/calendar/make-event.ts',
    find: 'return await inviteTo(work, linked, await setOptionsOf(work, meeting));',
    replace:
      'await invite(work, linked); return await inviteTo(work, linked, await setOptionsOf(work, meeting));',
    test: protocol,
    name: 'the event is made',
  },
  'an attempt that has lost its row invites people': {
    file: 'meetings/create/call-graph.ts',
    find: 'if (next === undefined) throw stillInProgress(0);',
    replace: 'if (next === undefined) return;',
    test: 'meetings/calendar/calendar.test.ts',
    name: 'an attempt that has lost its row invites nobody',
  },
};
