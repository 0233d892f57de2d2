import type { MeetingDependencies } from '../../../src/meetings/dependencies';
import type { Log, LogFields } from '../../../src/telemetry/log';
import type { MeetingRequest } from '../../../src/requests/meeting-request';
import type { MessageMetadata } from '../../../src/requests/message-metadata';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { fakeRandom, FakeClock } from '../fakes/fake-clock';
import { FakeCalendars } from '../fakes/fake-calendars';
import { FakeGraph } from '../fakes/fake-graph';
import { FakeLedger } from '../fakes/fake-ledger';

/** Log lines as they were written, for tests that look at them. */
export class FakeLog implements Log {
  readonly lines: { readonly event: string; readonly fields: LogFields | undefined }[] = [];

  readonly graphCalls: string[] = [];

  graphCalled(call: string): void {
    this.graphCalls.push(call);
  }

  info(event: string, fields?: LogFields): void {
    this.lines.push({ event, fields });
  }

  warn(event: string, fields?: LogFields): void {
    this.lines.push({ event, fields });
  }

  error(event: string, fields?: LogFields): void {
    this.lines.push({ event, fields });
  }
}

/** The results queue as a list. */
export class FakeResults {
  readonly published: MeetingResult[] = [];
  failure: Error | undefined;

  publish(result: MeetingResult): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.published.push(result);
    return Promise.resolve();
  }
}

/** The core with all its dependencies in memory. */
export class CoreHarness {
  readonly clock = new FakeClock();
  readonly graph = new FakeGraph();
  readonly calendars = new FakeCalendars(this.graph);
  readonly ledger = new FakeLedger();
  readonly results = new FakeResults();
  readonly log = new FakeLog();

  readonly deps: MeetingDependencies = {
    provider: this.graph,
    directory: this.graph,
    calendars: this.calendars,
    ledger: this.ledger,
    results: this.results,
    clock: this.clock,
    random: fakeRandom(),
    log: this.log,
    callTimeoutMs: 30_000,
    allowPast: false,
    maxAgeMs: 86_400_000,
  };

  /** Metadata of a request that arrives now. */
  metadata(attempts = 0): MessageMetadata {
    return { attempts, acceptedDateTime: this.clock.now().toISOString() };
  }
}

export const aRequest: MeetingRequest = {
  requestId: 'enrolment-2026-0017',
  organizer: 'anna@contoso.com',
  meeting: {
    subject: 'Parent evening',
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:00:00Z',
  },
};

/** The same as an event in Anna's calendar, to which two people are invited who do not wait in the lobby. */
export const aCalendarRequest: MeetingRequest = {
  ...aRequest,
  meeting: { ...aRequest.meeting, lobbyBypassSettings: { scope: 'everyone' } },
  calendar: {
    invite: [
      { address: 'Parent@example.org', type: 'required' },
      { address: 'ben@contoso.com', type: 'optional' },
    ],
  },
};

/** The same with an option that only the plain create takes. */
export const aPasscodeRequest: MeetingRequest = {
  ...aRequest,
  meeting: { ...aRequest.meeting, joinMeetingIdSettings: { isPasscodeRequired: true } },
};
