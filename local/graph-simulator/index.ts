import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen, parseJson, readText, sendJson, type LoopbackServer } from '../loopback-server';
import { EventStore } from './calendar/event-store';
import { MailboxLimit } from './calendar/mailbox-limit';
import { header, type Answer, type GraphRequest } from './call';
import { control, type Controlled } from './control';
import {
  noAnswer,
  send,
  sendBroken,
  toFaultAnswer,
  withoutSome,
  type Exchange,
} from './faults/delivery';
import type { Duration, FaultPlanInput } from './faults/fault-plan';
import { drawDuration, Faults } from './faults/faults';
import { toFaultTarget } from './faults/fault-target';
import { MeetingStore } from './meetings/meeting-store';
import { seededRandom, type Random } from './random';
import { RequestLog, type RequestLogEntry } from './request-log';
import { answer } from './routes';
import { loadState, saveState } from './saved-state';
import { startPage } from './start-page';
import { Tenant } from './tenant/tenant';
import { Throttle } from './faults/throttle';

export { Tenant } from './tenant/tenant';
export type { FaultPlanInput } from './faults/fault-plan';

/** All parts are optional. By default: a free port, the default tenant, no latency, no faults, the real time. */
export type GraphSimulatorOptions = {
  readonly port?: number;
  readonly tenant?: Tenant;
  /** Latency of every answer, in milliseconds. */
  readonly latencyMs?: Duration;
  readonly faults?: FaultPlanInput;
  readonly now?: () => Date;
  /** Makes ids, passcodes and latencies repeatable. */
  readonly seed?: number;
  readonly random?: Random;
  /** File for tenant and meetings; absent means in memory only. */
  readonly stateFile?: string;
  /** Maximum number of requests in the log. */
  readonly logCapacity?: number;
};

type Incoming = {
  readonly request: GraphRequest;
  readonly entry: RequestLogEntry;
  /** The answer of a mailbox with too many concurrent calls. */
  readonly refusal: Answer | undefined;
};
const saveAfterMs = 200;

/**
 * Simulates Microsoft Graph's online meetings and events on this machine: stores them, refuses what Graph refuses, and
 * injects faults. `/_simulator` reads and changes its state.
 */
export class GraphSimulator implements Controlled {
  readonly tenant: Tenant;
  readonly meetings = new MeetingStore();
  readonly events = new EventStore();
  readonly mailboxes = new MailboxLimit();
  readonly log: RequestLog;
  readonly now: () => Date;
  readonly random: Random;
  readonly #options: GraphSimulatorOptions;
  readonly #closing = new AbortController();
  #faults: Faults;
  #throttle: Throttle;
  #server: LoopbackServer | undefined;
  #saving: NodeJS.Timeout | undefined;

  private constructor(options: GraphSimulatorOptions) {
    const { tenant, now, random, seed, logCapacity } = options;
    this.#options = options;
    this.tenant = tenant ?? new Tenant();
    this.now = now ?? (() => new Date());
    this.random = random ?? (seed === undefined ? Math.random : seededRandom(seed));
    this.log = new RequestLog(logCapacity ?? 20_000);
    this.#faults = new Faults(options.faults);
    this.#throttle = new Throttle(this.#faults.plan.enforceRetryAfter);
  }

  static async start(options: GraphSimulatorOptions = {}): Promise<GraphSimulator> {
    const simulator = new GraphSimulator(options);
    if (options.stateFile !== undefined) loadState(options.stateFile, simulator);
    simulator.#server = await listen(
      (request, response) => simulator.#handle(request, response),
      options.port,
    );
    return simulator;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#server?.close();
    this.#save();
  }

  /** Replaces the rules and their counts. */
  setFaults(plan: unknown): void {
    this.#faults = new Faults(plan);
    this.#throttle = new Throttle(this.#faults.plan.enforceRetryAfter);
  }

  /** Saves after a call that may have changed something. Writing takes time, so calls in quick succession share one write. */
  #saveSoon(): void {
    if (this.#options.stateFile === undefined) return;
    this.#saving ??= setTimeout(() => this.#save(), saveAfterMs);
  }

  #save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    if (this.#options.stateFile !== undefined) saveState(this.#options.stateFile, this);
  }

  faultReport(): object {
    const { seed, enforceRetryAfter } = this.#faults.plan;
    const { earlyCalls } = this.#throttle;
    return { seed, enforceRetryAfter, earlyCalls, rules: this.#faults.report() };
  }

  /** Back to the state after start. */
  reset(): void {
    this.tenant.reset();
    this.meetings.clear();
    this.events.clear();
    this.mailboxes.clear();
    this.log.clear();
    this.setFaults(this.#options.faults ?? {});
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readText(incoming);
    const url = new URL(incoming.url ?? '/', this.url);
    const json = parseJson(text);
    const method = incoming.method ?? 'GET';
    if (url.pathname === '/') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      return void response.end(startPage(this));
    }
    if (url.pathname.startsWith('/_simulator/')) {
      const controlled = control({ method, url, json }, this);
      if (method !== 'GET') this.#saveSoon();
      return sendJson(response, ...controlled);
    }
    const { pathname: path, searchParams: query } = url;
    const request = { method, path, query, headers: incoming.headers, text, json };
    const entry = this.#note(request, incoming.url ?? '');
    return this.mailboxes.run(request, (refusal) =>
      this.#serve({ request, entry, refusal }, response),
    );
  }

  #note(request: GraphRequest, path: string): RequestLogEntry {
    const requestId = randomUUID();
    const entry: RequestLogEntry = {
      at: this.now().toISOString(),
      method: request.method,
      path,
      requestId,
      clientRequestId: header(request, 'client-request-id') ?? requestId,
      acceptLanguage: header(request, 'accept-language') ?? null,
      prefer: header(request, 'prefer') ?? null,
      traceparent: header(request, 'traceparent') ?? null,
      body: request.json ?? request.text,
      status: null,
      fault: null,
      committed: false,
    };
    this.log.add(entry);
    return entry;
  }

  async #serve({ request, entry, refusal }: Incoming, response: ServerResponse): Promise<void> {
    const target = toFaultTarget(request, this);
    await this.#pause(drawDuration(this.#options.latencyMs ?? 0, this.random));
    const early = refusal ?? this.#throttle.refuse(target, this.now());
    if (early !== undefined) return send(early, this.#toExchange(response, entry));
    const { fault, delayBefore, delayAfter } = this.#faults.draw(target);
    entry.fault = fault?.kind ?? null;
    await this.#pause(delayBefore);
    const executed = fault?.when === 'before' ? undefined : answer(request, entry, this);
    if (request.method !== 'GET') this.#saveSoon();
    await this.#pause(delayAfter);
    const exchange = this.#toExchange(response, entry);
    if (fault?.kind === 'omit') return send(withoutSome(executed ?? noAnswer, fault), exchange);
    if (fault !== undefined && fault.kind !== 'status')
      return sendBroken(fault, executed, exchange);
    const final = fault === undefined ? executed : toFaultAnswer(fault, exchange.now);
    if (final === undefined) return undefined;
    this.#throttle.observe(final, target, exchange.now);
    return send(final, exchange);
  }

  #toExchange(response: ServerResponse, entry: RequestLogEntry): Exchange {
    return { response, entry, now: this.now(), signal: this.#closing.signal };
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.#closing.signal });
  }
}
