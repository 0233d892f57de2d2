import type * as DoorsModule from './handlers';
import type { Doors } from './handlers';
import type { HttpHandler } from '../handlers/http/response';
import type { QueueHandler } from '../handlers/queue/process-meeting-request';
import type { App } from './dependencies';

let opened: Doors | undefined;

/**
 * The app behind the functions, loaded when the first of them is called. The host waits for this file and for those of
 * the functions, and what stands behind it takes several times as long to load as the library that they need.
 */
function doors(): Doors {
  if (opened !== undefined) return opened;
  const { makeDoors } = require('./handlers') as typeof DoorsModule;
  opened = makeDoors(process.env);
  return opened;
}

export const http =
  (select: (built: App) => HttpHandler): HttpHandler =>
  (request, context) =>
    doors().http(select)(request, context);

export const queue =
  (select: (built: App) => QueueHandler): QueueHandler =>
  (message, context) =>
    doors().queue(select)(message, context);

export const doctor: HttpHandler = (request, context) => doors().doctor(request, context);

export const openApi: HttpHandler = (request, context) => doors().openApi(request, context);

/** In the background, as soon as the host has what it waits for. */
export function startApp(): void {
  setImmediate(() => void doors().start());
}

export const stopApp = async (): Promise<void> => opened?.stop();
