import type { InvocationContext } from '@azure/functions';
import type { HttpHandler } from '../handlers/http/response';
import type { QueueHandler } from '../handlers/queue/received-message';
import type * as AppModule from './app';
import type { App } from './app';
import type { Handlers } from './handlers';
import { leaveOutMessageText } from './message-text';

/** HTTP functions. */
export type HttpFunction = NamesOf<HttpHandler> | AlwaysServed;
/** Functions with a queue or timer trigger. */
export type BackgroundFunction = NamesOf<QueueHandler>;

/** HTTP functions that need no settings. */
export type AlwaysServed = 'doctor' | 'openApi' | 'zzNotServed';

type NamesOf<Handler> = {
  [Name in keyof Handlers]: Handlers[Name] extends Handler ? Name : never;
}[keyof Handlers];

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
