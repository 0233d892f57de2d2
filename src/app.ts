import type { InvocationContext } from '@azure/functions';
import type * as Credential from './adapters/credential';
import { log, withLog } from './adapters/log';
import { ConfigError, loadConfig } from './config';
import type * as Doctor from './doctor';
import { answering, type HttpHandler } from './handlers/http-answer';
import { tracedHttp, tracedQueue } from './handlers/traced';
import type * as OpenApi from './handlers/open-api';
import type { QueueHandler } from './handlers/process-meeting-request';
import type * as MakeApp from './make-app';
import { MeetingError } from './meetings/errors';
import { startTelemetry } from './telemetry';

const now = (): Date => new Date();

let app: MakeApp.App | undefined;

/**
 * The app, loaded and built at first use: the host waits for these files, and the SDKs take longer to load than all the rest.
 * @throws MeetingError `misconfigured`, naming every wrong setting.
 */
export function getApp(): MakeApp.App {
  try {
    app ??= buildApp();
    return app;
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    throw new MeetingError('misconfigured', thrown.message, { details: thrown.problems });
  }
}

function buildApp(): MakeApp.App {
  const config = loadConfig(process.env);
  startTelemetry(config.telemetry);
  const { makeApp } = require('./make-app') as typeof MakeApp;
  return makeApp(config);
}

/** Handlers for registration: the app is built when the first of them is called, and no failure leaves them as an exception. */
export const http = (select: (built: MakeApp.App) => HttpHandler): HttpHandler =>
  tracedHttp(answering((request, context) => select(getApp())(request, context), { log, now }));

export const queue = (select: (built: MakeApp.App) => QueueHandler): QueueHandler =>
  tracedQueue((message: unknown, context: InvocationContext) =>
    withLog(context, () => select(getApp())(message, context)),
  );

/** Loaded when it is asked for, so that nobody else waits for it; works also when the settings are too wrong for the app. */
export const doctor: HttpHandler = answering(
  (request, context) => {
    const { makeDoctor } = require('./doctor') as typeof Doctor;
    const { makeCredential } = require('./adapters/credential') as typeof Credential;
    return makeDoctor({ environment: process.env, credentialFor: makeCredential, now })(
      request,
      context,
    );
  },
  { log, now },
);

/** Loaded when it is asked for, since single requests do not need it. */
export const openApi: HttpHandler = answering(
  (request, context) => {
    const { openApiHandler } = require('./handlers/open-api') as typeof OpenApi;
    return openApiHandler(request, context);
  },
  { log, now },
);

/** At start, in the background: makes the queues, and says at once in the log what is wrong with settings or storage. */
export function startApp(): void {
  Promise.resolve()
    .then(() => getApp().makeQueues())
    .catch((thrown: unknown) => {
      log.error('app.start-failed', {
        problems: thrown instanceof Error ? thrown.message : String(thrown),
      });
    });
}
