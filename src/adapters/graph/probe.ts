import type { TokenCredential } from '@azure/identity';
import { claimsOf, rolesIn } from './access-token';
import type { GraphAnswer, GraphRequest, Probes, TokenClaims } from '../../doctor/probes';

/** Time limit of one call to Graph or the identity, in milliseconds. */
const maxWaitMs = 10_000;

interface GraphProbeOptions {
  readonly credential: TokenCredential;
  readonly scope: string;
  readonly baseUrl: string;
  readonly now: () => Date;
}

/** Single calls to Graph for diagnosis, without retries. Every answer is returned with its status and text. */
export function makeGraphProbe(options: GraphProbeOptions): Pick<Probes, 'token' | 'graph'> {
  const { credential, scope, now } = options;
  const getToken = () =>
    credential.getToken(scope, { abortSignal: AbortSignal.timeout(maxWaitMs) });
  return {
    async token() {
      try {
        const answer = await getToken();
        const claims = claimsIn(answer?.token ?? '');
        return claims === undefined ? { kind: 'unreadable' } : { kind: 'token', claims };
      } catch (thrown) {
        return { kind: 'refused', reason: reasonOf(thrown) };
      }
    },
    async graph(request) {
      try {
        const token = request.anonymous === true ? undefined : (await getToken())?.token;
        const sent = now().getTime();
        const started = performance.now();
        const response = await send(request, token, options);
        const text = await response.text();
        const durationMs = performance.now() - started;
        return toReply({ response, text, durationMs, heardAt: sent + durationMs / 2 });
      } catch (thrown) {
        return { kind: 'none', reason: reasonOf(thrown) };
      }
    },
  };
}

const send = (
  { method, path, body }: GraphRequest,
  token: string | undefined,
  { baseUrl }: GraphProbeOptions,
): Promise<Response> =>
  fetch(`${baseUrl}/v1.0${path === '' ? '/' : path}`, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(maxWaitMs),
    headers: {
      Accept: 'application/json',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

interface Heard {
  readonly response: Response;
  readonly text: string;
  readonly durationMs: number;
  /** Approximate time of Graph's answer by our clock, in milliseconds since 1970. */
  readonly heardAt: number;
}

function toReply({ response, text, durationMs, heardAt }: Heard): GraphAnswer {
  const body = parse(text);
  const { code, message } =
    (body as { error?: { code?: unknown; message?: unknown } } | undefined)?.error ?? {};
  const date = Date.parse(response.headers.get('Date') ?? '');
  return {
    kind: 'reply',
    status: response.status,
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message : '',
    body,
    durationMs,
    ...(!Number.isNaN(date) && { aheadMs: date - heardAt }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The claims of an access token, for diagnosis only; undefined if Entra did not issue it. */
function claimsIn(token: string): TokenClaims | undefined {
  const { aud, appid, azp, oid, tid, iat, exp, ...others } = claimsOf(token);
  if (typeof aud !== 'string') return undefined;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    aud,
    appid: text(appid ?? azp),
    oid: text(oid),
    tid: text(tid),
    roles: rolesIn(others),
    iat: Number(iat),
    exp: Number(exp),
  };
}

/** The kind of a failure, and for the identity its first sentence; neither holds a token. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'no answer';
  const { cause } = thrown;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string')
    return cause.code;
  return `${thrown.name}: ${thrown.message.split('\n')[0]?.slice(0, 200) ?? ''}`;
}
