import type { InvocationContext } from '@azure/functions';
import type { HttpHandler } from '../handlers/http/response';
import type { QueueHandler } from '../handlers/queue/received-message';
import type * as AppModule from './app';
import type { App } from './app';
import type { Handlers } from './handlers';
import { leaveOutMessageText } from './message-text';

/** The functions that HTTP calls, and those that a queue or a timer starts. */
export type HttpFunction = NamesOf<HttpHandler> | AlwaysServed;
export type BackgroundFunction = NamesOf<QueueHandler>;

/** Those that need no settings. */
export type AlwaysServed = 'doctor' | 'openApi' | 'zzNotServed';

type NamesOf<Handler> = {
  [Name in keyof Handlers]: Handlers[Name] extends Handler ? Name : never;
}[keyof Handlers];

let app: App | undefined;

/**
 * The app behind the functions, loaded when the first of them is called: the host waits until the functions are
 * registered, and the app behind them takes several times as long to load as the library that they need.
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

/** The handler of a function that a queue or a timer starts. */
export const background =
  (name: BackgroundFunction): QueueHandler =>
  (message: unknown, context: InvocationContext) =>
    loadedApp().background(name)(message, context);

/** The app itself starts in the background, once the host no longer waits. */
export function startApp(): void {
  leaveOutMessageText();
  setImmediate(() => void loadedApp().start());
}

export const stopApp = async (): Promise<void> => app?.stop();
