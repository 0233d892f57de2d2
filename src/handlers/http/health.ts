import type { HttpHandler } from './response';

/** `GET /api/health`: the app is loaded and its settings are valid. Checks neither Graph nor storage. */
export const healthHandler: HttpHandler = () => Promise.resolve({ jsonBody: { status: 'ok' } });
