import type { HttpHandler } from './response';

/** `GET /api/health`: the app is loaded and its settings are right. Says nothing about Graph or storage. */
export const healthHandler: HttpHandler = () => Promise.resolve({ jsonBody: { status: 'ok' } });
