import { systemClock } from '../adapters/clock';
import { makeCredential } from '../adapters/graph/credential';
import { ConfigError, loadConfig, type Environment } from '../config/config';
import { MeetingError } from '../errors/meeting-error';
import type { HttpHandler } from '../handlers/http/response';
import type * as NotServed from '../handlers/http/not-served';
import type * as OpenApi from '../handlers/http/open-api';
import type { QueueHandler } from '../handlers/queue/received-message';
import { httpInvocation, queueInvocation } from '../handlers/invocation';
import { log } from '../telemetry/log';
import { startTelemetry, stopTelemetry } from '../telemetry/start-telemetry';
import { makeDependencies, type Dependencies } from './dependencies';
import type * as Doctor from './doctor';
import { makeHandlers, type Handlers } from './handlers';

/** HTTP functions, and functions with a queue or timer trigger. */
export type HttpFunction = NamesOf<HttpHandler> | keyof AlwaysServed;
export type BackgroundFunction = NamesOf<QueueHandler>;

/** HTTP functions that need no settings. */
type AlwaysServed = ReturnType<typeof handlersWithoutSettings>;

type NamesOf<Handler> = {
  [Name in keyof Handlers]: Handlers[Name] extends Handler ? Name : never;
}[keyof Handlers];

/** The handlers and lifecycle of the app, as `index.ts` registers them. */
export interface App {
  /** The handler of an HTTP function. It answers with an error instead of throwing. */
  readonly http: (name: HttpFunction) => HttpHandler;
  readonly background: (name: BackgroundFunction) => QueueHandler;
  /** Prepares for the first requests, and logs problems with settings or storage. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Built {
  readonly deps: Dependencies;
  readonly handlers: Handlers;
}

const clock = systemClock;

/** Builds the app on the first call of a function, so that each function can report wrong settings. */
export function makeApp(environment: Environment): App {
  let built: Built | undefined;
  const build = (): Built => (built ??= buildWith(environment));
  const always = handlersWithoutSettings(environment);
  const select = (name: HttpFunction): HttpHandler => {
    if (isOneOf(always, name)) return always[name];
    return (anonymous.has(name) ? withoutDetails(build) : build()).handlers[name];
  };
  return {
    http: (name) =>
      httpInvocation((request, context) => select(name)(request, context), { log, clock }),
    background: (name) =>
      queueInvocation((message, context) => build().handlers[name](message, context)),
    start: () => start(build),
    stop: stopTelemetry,
  };
}

const isOneOf = (always: AlwaysServed, name: HttpFunction): name is keyof AlwaysServed =>
  Object.hasOwn(always, name);

/** Functions registered without authentication. */
const anonymous: ReadonlySet<HttpFunction> = new Set([
  'health',
  'createMyOnlineMeeting',
  'createOrGetMyOnlineMeeting',
  'getMyOnlineMeeting',
  'findMyOnlineMeetings',
  'updateMyOnlineMeeting',
  'deleteMyOnlineMeeting',
  'getBatchByToken',
  'getTemplate',
  'getBatchResultsByToken',
  'getPage',
  'getPageFile',
  'getPageCaller',
  'submitPageBatch',
  'listPageBatches',
  'getPageBatch',
  'getPageBatchResults',
  'cancelPageBatch',
  'retryPageBatch',
]);

/** @throws MeetingError `misconfigured` without names of settings, because anybody may see it. */
function withoutDetails(build: () => Built): Built {
  try {
    return build();
  } catch (thrown) {
    if (!(thrown instanceof MeetingError) || thrown.code !== 'misconfigured') throw thrown;
    throw new MeetingError('misconfigured', 'The app settings are not valid.', {
      remedy: 'Ask the operator of this app to run the doctor, which lists the incorrect settings.',
    });
  }
}

/** @throws MeetingError `misconfigured`, naming every wrong setting. */
function buildWith(environment: Environment): Built {
  try {
    const config = loadConfig(environment);
    startTelemetry(config.telemetry, makeCredential);
    const deps = makeDependencies(config);
    return { deps, handlers: makeHandlers(config, deps) };
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    throw new MeetingError('misconfigured', thrown.message, { details: thrown.problems });
  }
}

/** Handlers that work even with wrong settings. They are loaded on demand, because meetings do not need them. */
function handlersWithoutSettings(environment: Environment) {
  return {
    doctor: (request, context) => {
      const { makeDoctor } = require('./doctor') as typeof Doctor;
      return makeDoctor({ environment, credentialFor: makeCredential, now: () => clock.now() })(
        request,
        context,
      );
    },
    openApi: (request, context) => {
      const { openApiHandler } = require('../handlers/http/open-api') as typeof OpenApi;
      return openApiHandler(request, context);
    },
    zzNotServed: (request, context) => {
      const { makeNotServedHandler } = require('../handlers/http/not-served') as typeof NotServed;
      return makeNotServedHandler(() => clock.now())(request, context);
    },
  } satisfies Record<string, HttpHandler>;
}

async function start(build: () => Built): Promise<void> {
  try {
    await build().deps.prepare();
  } catch (thrown) {
    const problems = thrown instanceof Error ? thrown.message : String(thrown);
    log.error('app.start-failed', { problems });
  }
}
