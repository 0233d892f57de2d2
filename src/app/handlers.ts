import type { InvocationContext } from '@azure/functions';
import { makeCredential } from '../adapters/graph/credential';
import { log, withLog } from '../telemetry/log';
import { ConfigError, loadConfig, type Environment } from '../config/config';
import type * as Doctor from './doctor';
import { answering, type HttpHandler } from '../handlers/http/response';
import type * as OpenApi from '../handlers/http/open-api';
import type { QueueHandler } from '../handlers/queue/process-meeting-request';
import { tracedHttp, tracedQueue } from '../handlers/traced';
import { makeApp, type App } from './dependencies';
import { MeetingError } from '../errors/meeting-error';
import { startTelemetry, stopTelemetry } from '../telemetry/start-telemetry';

/** Everything that functions are registered with, behind `app.ts`. */
export interface Endpoints {
  /** The handler of an endpoint of the app, such that no failure leaves it as an exception. */
  readonly http: (select: (built: App) => HttpHandler) => HttpHandler;
  readonly queue: (select: (built: App) => QueueHandler) => QueueHandler;
  /** Works also when the settings are too wrong for the app. */
  readonly doctor: HttpHandler;
  readonly openApi: HttpHandler;
  /** Makes ready what the first requests need, and says at once in the log what is wrong with settings or storage. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const now = (): Date => new Date();
const answered = (handler: HttpHandler): HttpHandler => answering(handler, { log, now });

/** The endpoints of an app with these settings; what is wrong with them is said by each endpoint when it is used. */
export function makeHandlers(environment: Environment): Endpoints {
  let app: App | undefined;
  const getApp = (): App => (app ??= buildApp(environment));
  return {
    http: (select) =>
      tracedHttp(answered((request, context) => select(getApp())(request, context))),
    queue: (select) =>
      tracedQueue((message: unknown, context: InvocationContext) =>
        withLog(context, () => select(getApp())(message, context)),
      ),
    // These two are loaded when they are asked for, since meetings do not need them.
    doctor: answered((request, context) => {
      const { makeDoctor } = require('./doctor') as typeof Doctor;
      const doctor = makeDoctor({ environment, credentialFor: makeCredential, now });
      return doctor(request, context);
    }),
    openApi: answered((request, context) => {
      const { openApiHandler } = require('../handlers/http/open-api') as typeof OpenApi;
      return openApiHandler(request, context);
    }),
    start: () => start(getApp),
    stop: stopTelemetry,
  };
}

/** @throws MeetingError `misconfigured`, naming every wrong setting. */
function buildApp(environment: Environment): App {
  try {
    const config = loadConfig(environment);
    startTelemetry(config.telemetry);
    return makeApp(config);
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    throw new MeetingError('misconfigured', thrown.message, { details: thrown.problems });
  }
}

async function start(getApp: () => App): Promise<void> {
  try {
    await getApp().prepare();
  } catch (thrown) {
    const problems = thrown instanceof Error ? thrown.message : String(thrown);
    log.error('app.start-failed', { problems });
  }
}
