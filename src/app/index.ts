import type * as HandlersModule from './handlers';
import type { Endpoints } from './handlers';
import type { HttpHandler } from '../handlers/http/response';
import type { QueueHandler } from '../handlers/queue/process-meeting-request';
import type { App } from './dependencies';

let opened: Endpoints | undefined;

/**
 * The app behind the functions, loaded when the first of them is called. The host waits for this file and for those of
 * the functions, and what stands behind it takes several times as long to load as the library that they need.
 */
function endpoints(): Endpoints {
  if (opened !== undefined) return opened;
  const { makeHandlers } = require('./handlers') as typeof HandlersModule;
  opened = makeHandlers(process.env);
  return opened;
}

export const http =
  (select: (built: App) => HttpHandler): HttpHandler =>
  (request, context) =>
    endpoints().http(select)(request, context);

export const queue =
  (select: (built: App) => QueueHandler): QueueHandler =>
  (message, context) =>
    endpoints().queue(select)(message, context);

export const doctor: HttpHandler = (request, context) => endpoints().doctor(request, context);

export const openApi: HttpHandler = (request, context) => endpoints().openApi(request, context);

/** In the background, as soon as the host has what it waits for. */
export function startApp(): void {
  setImmediate(() => void endpoints().start());
}

export const stopApp = async (): Promise<void> => opened?.stop();
