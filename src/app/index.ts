import type { InvocationContext } from '@azure/functions';
import type { HttpHandler } from '../handlers/http/response';
import type { QueueHandler } from '../handlers/queue/received-message';
import type * as AppModule from './app';
import type { App, BackgroundFunction, HttpFunction } from './app';
import { leaveOutMessageText } from './message-text';

let app: App | undefined;

/**
 * Loads the app with the first call of a function. The host waits until all functions are registered, and the app takes
 * several times as long to load as the library that registers them.
 */
function loadedApp(): App {
  if (app !== undefined) return app;
  const { makeApp } = require('./app') as typeof AppModule;
  app = makeApp(process.env);
  return app;
}

/** The handler of an HTTP function. */
export const http =
  (name: HttpFunction): HttpHandler =>
  (request, context) =>
    loadedApp().http(name)(request, context);

/** The handler of a function with a queue or timer trigger. */
export const background =
  (name: BackgroundFunction): QueueHandler =>
  (message: unknown, context: InvocationContext) =>
    loadedApp().background(name)(message, context);

/** Starts the app in the background, once the host no longer waits. */
export function startApp(): void {
  leaveOutMessageText();
  setImmediate(() => void loadedApp().start());
}

/** Sends telemetry that is still buffered. Does nothing if the app is not loaded. */
export const stopApp = async (): Promise<void> => app?.stop();
