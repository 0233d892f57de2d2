import { createUnrepeatable } from './create-without-id';
import { logEnd, resultOf, type Ending, type Origin } from './outcome';
import { MeetingError, toMeetingError } from '../errors/meeting-error';
import {
  decide,
  fingerprintOf,
  hasMeeting,
  inDoubt,
  type Decision,
  type LedgerEntry,
} from './ledger';
import { makeMeeting, resolveOrganizer, type MadeMeeting } from './call-graph';
import type { MeetingDependencies, Outcome } from './dependencies';
import { planFor } from './plan';
import type { StoredEntry } from './ports';
import type { MeetingRequest } from '../requests/meeting-request';
import type { Arrival, MeetingResult } from '../results/meeting-result';
import { fitResult } from '../results/result-message';

export type { MeetingDependencies, Outcome } from './dependencies';

/** How long an attempt waits for another one of the same request, in milliseconds. */
const patienceMs = 3_000;
const firstLookMs = 50;
/** Time for the storage writes after the last call to Graph, in milliseconds. */
const recordingMs = 30_000;

/**
 * The one use case: makes the meeting of a request and writes its result, whatever was tried before.
 * Order: begin, Graph, complete, result. A crash anywhere means doing a step twice, never skipping one.
 * @throws MeetingError when the request has not ended and may be sent again (`retryable`), or is not this request
 * (`requestIdReused`); nothing is published then.
 */
export async function createMeeting(
  request: MeetingRequest,
  arrival: Arrival,
  deps: MeetingDependencies,
): Promise<Outcome> {
  return request.requestId === undefined
    ? createUnrepeatable(request, arrival, deps)
    : new Attempt({ ...request, requestId: request.requestId }, arrival, deps).run();
}

type IdentifiedRequest = MeetingRequest & { readonly requestId: string };

/** One attempt at a request that has an id: moves its ledger row and makes its meeting. */
class Attempt {
  readonly #request: IdentifiedRequest;
  readonly #arrival: Arrival;
  readonly #deps: MeetingDependencies;
  readonly #started: number;

  constructor(request: IdentifiedRequest, arrival: Arrival, deps: MeetingDependencies) {
    this.#request = request;
    this.#arrival = arrival;
    this.#deps = deps;
    this.#started = this.#now();
  }

  async run(): Promise<Outcome> {
    const begun = await this.#deps.ledger.begin(this.#firstEntry());
    if (begun.inserted) return this.#work(begun);
    await this.#refuseAnotherRequest(begun.entry);
    return this.#take(begun);
  }

  #now(): number {
    return this.#deps.clock.now().getTime();
  }

  #firstEntry(): LedgerEntry {
    const plan = planFor(this.#request);
    return {
      requestId: this.#request.requestId,
      fingerprint: fingerprintOf(this.#request),
      plan: plan === 'create' ? 'createOnce' : plan,
      attempts: this.#arrival.attempts + 1,
      acceptedDateTime: this.#arrival.acceptedDateTime,
      progress: this.#lease(),
      request: this.#request,
    };
  }

  #lease(): LedgerEntry['progress'] {
    return {
      state: 'inProgress',
      leaseUntil: this.#now() + 3 * this.#deps.callTimeoutMs + recordingMs,
    };
  }

  /** The last moment to begin a call, so that it ends and is recorded while the row is still ours. */
  #deadline({ progress }: LedgerEntry): number {
    const end = progress.state === 'inProgress' ? progress.leaseUntil : this.#now();
    return end - recordingMs - this.#deps.callTimeoutMs;
  }

  async #refuseAnotherRequest(entry: LedgerEntry): Promise<void> {
    const asked = fingerprintOf(this.#request);
    const stored = entry.fingerprint;
    const differences = (['subject', 'startDateTime', 'endDateTime', 'externalId'] as const)
      .filter((name) => asked[name] !== stored[name])
      .filter((name) => name === 'externalId' || this.#request.externalId === undefined);
    const names: string[] = [...differences];
    if (!(await this.#samePerson(asked.organizer, entry))) names.unshift('organizer');
    if (names.length === 0) return;
    throw new MeetingError(
      'requestIdReused',
      `This requestId belongs to another request: ${names.join(', ')} differ${names.length === 1 ? 's' : ''}.`,
      { target: 'requestId' },
    );
  }

  /** Two spellings of one person are the same organizer; only when they differ is the directory asked. */
  async #samePerson(given: string, { fingerprint, progress }: LedgerEntry): Promise<boolean> {
    const known = progress.state === 'finished' ? progress.result.organizer.id : null;
    if ([fingerprint.organizer, known].some((name) => name?.toLowerCase() === given.toLowerCase()))
      return true;
    const options = { deadline: this.#started + this.#deps.callTimeoutMs };
    const [mine, theirs] = await Promise.all([
      resolveOrganizer(given, this.#deps.directory, options),
      known ?? resolveOrganizer(fingerprint.organizer, this.#deps.directory, options),
    ]);
    return mine === theirs;
  }

  /** The request is already in the ledger: give its result, wait for it, or take it over. */
  async #take(found: StoredEntry): Promise<Outcome> {
    let stored = found;
    for (let pause = firstLookMs; ; pause *= 2) {
      const patient = this.#now() - this.#started < patienceMs;
      const decision = decide(stored.entry, { kind: 'arrived', patient }, this.#now());
      if (decision.kind !== 'wait') return this.#resume(stored, decision);
      if (!patient) throw stillInProgress(decision.until - this.#now());
      await this.#deps.clock.sleep(pause);
      stored = await this.#read();
    }
  }

  async #resume(stored: StoredEntry, decision: Decision): Promise<Outcome> {
    if (decision.kind === 'replay') return this.#replay(decision.result);
    if (decision.kind === 'finish')
      return this.#finish(stored, { status: decision.status, error: brokenOff() });
    // Whoever held the row until now may still get its call through.
    const entry =
      stored.entry.progress.state === 'inProgress' ? inDoubt(stored.entry) : stored.entry;
    const next = { ...entry, attempts: entry.attempts + 1, progress: this.#lease() };
    const taken = await this.#deps.ledger.replace(stored.etag, next);
    return taken === undefined ? this.#take(await this.#read()) : this.#work(taken);
  }

  async #read(): Promise<StoredEntry> {
    const stored = await this.#deps.ledger.read(this.#request.requestId);
    return (
      stored ?? this.#deps.ledger.begin({ ...this.#firstEntry(), progress: { state: 'waiting' } })
    );
  }

  async #replay(recorded: MeetingResult): Promise<Outcome> {
    const result = this.#addressed(recorded);
    await this.#deps.results.publish(result);
    this.#deps.log.info('meeting.repeated', { requestId: result.requestId, status: result.status });
    return { result, repeated: true };
  }

  /** A batch gets the result of its row under its own name, also when the request came in another way before. */
  #addressed(recorded: MeetingResult): MeetingResult {
    const { batchId, index } = this.#arrival;
    if (batchId === undefined || index === undefined) return recorded;
    if (recorded.batchId === batchId && recorded.index === index) return recorded;
    const status = hasMeeting(recorded.status) ? 'existing' : recorded.status;
    return fitResult({ ...recorded, batchId, index, status });
  }

  async #work(stored: StoredEntry): Promise<Outcome> {
    const { plan, mayHaveMeeting = false } = stored.entry;
    const deadline = this.#deadline(stored.entry);
    const { final = false } = this.#arrival;
    let made: MadeMeeting;
    try {
      made = await makeMeeting(
        { request: this.#request, plan, mayHaveMeeting, deadline, final },
        this.#deps,
      );
    } catch (thrown) {
      return this.#afterFailure(stored, toMeetingError(thrown));
    }
    return this.#afterSuccess(stored, made);
  }

  async #afterSuccess(stored: StoredEntry, made: MadeMeeting): Promise<Outcome> {
    const decision = decide(stored.entry, { kind: 'made', created: made.created }, this.#now());
    if (decision.kind === 'replay') return this.#replay(decision.result);
    const status = decision.kind === 'finish' ? decision.status : 'created';
    return this.#finish(stored, { status, made });
  }

  async #afterFailure(stored: StoredEntry, error: MeetingError): Promise<Outcome> {
    const decision = decide(
      stored.entry,
      { kind: 'broke', error, final: this.#arrival.final === true },
      this.#now(),
    );
    if (decision.kind === 'replay') return this.#replay(decision.result);
    if (decision.kind === 'finish') return this.#finish(stored, { status: decision.status, error });
    await this.#deps.ledger.replace(stored.etag, {
      ...(error.executed === 'unknown' ? inDoubt(stored.entry) : stored.entry),
      progress: { state: 'waiting' },
    });
    throw error;
  }

  /** Records the end and publishes it. If another attempt moved the row meanwhile, its end counts, or ours is recorded on top. */
  async #finish(stored: StoredEntry, ending: Ending): Promise<Outcome> {
    const result = fitResult(resultOf(this.#origin(stored.entry), ending));
    const { request: _, ...entry } = stored.entry;
    const progress = { state: 'finished', result } as const;
    const next = { ...(hasMeeting(result.status) ? entry : stored.entry), progress };
    if ((await this.#deps.ledger.replace(stored.etag, next)) === undefined)
      return this.#afterConflict(ending);
    await this.#deps.results.publish(result);
    logEnd(result, this.#deps.log);
    return { result, repeated: false };
  }

  async #afterConflict(ending: Ending): Promise<Outcome> {
    const stored = await this.#read();
    if (stored.entry.progress.state === 'finished')
      return this.#replay(stored.entry.progress.result);
    if (ending.made !== undefined) return this.#afterSuccess(stored, ending.made);
    return this.#take(stored);
  }

  #origin(entry: LedgerEntry): Origin {
    return {
      request: this.#request,
      arrival: { ...this.#arrival, acceptedDateTime: entry.acceptedDateTime },
      attempts: entry.attempts,
      completed: () => this.#deps.clock.now(),
    };
  }
}

const brokenOff = (): MeetingError =>
  new MeetingError(
    'outcomeUnknown',
    'An earlier attempt stopped while its call to Microsoft Graph was under way.',
    {
      executed: 'unknown',
    },
  );

const stillInProgress = (retryAfterMs: number): MeetingError =>
  new MeetingError('requestInProgress', 'Another attempt at this request is under way.', {
    retryAfterMs,
  });
