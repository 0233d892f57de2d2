import type { TokenCredential } from '@azure/identity';
import { MeetingError } from '../../errors/meeting-error';
import type { Clock } from '../../meetings/ports';

/** Time before expiry at which a token is renewed, in milliseconds. */
const marginMs = 5 * 60_000;
/** Minimum time between two requests for a token, in milliseconds: the identity may return the same one again. */
const minUseMs = 60_000;

/** Tokens of the app's identity for Microsoft Graph. */
export interface AccessTokens {
  /** A bearer token for Graph. @throws MeetingError `identityUnavailable`. */
  get(): Promise<string>;
  /** Drops the token after Graph refused it. */
  discard(): void;
}

interface KeptToken {
  readonly token: string;
  /** Milliseconds since 1970. A token lives for a day; half of that is long enough to wait for roles that it lacks. */
  readonly renewAt: number;
  readonly endsAt: number;
}

/** Caches the token of the managed identity: asking the credential each time would nearly double the cost of a call. */
export function makeAccessTokens(
  credential: TokenCredential,
  scope: string,
  clock: Pick<Clock, 'now'>,
): AccessTokens {
  let kept: KeptToken | undefined;
  let asking: Promise<string> | undefined;

  const soon = (): number => clock.now().getTime() + minUseMs;

  async function ask(): Promise<string> {
    try {
      const answer = await credential.getToken(scope);
      if (answer === null) throw new Error('The credential did not return a token.');
      const { token, expiresOnTimestamp, refreshAfterTimestamp = Infinity } = answer;
      const endsAt = expiresOnTimestamp - marginMs;
      kept = { token, endsAt, renewAt: Math.min(endsAt, Math.max(refreshAfterTimestamp, soon())) };
      return token;
    } catch (thrown) {
      if (kept !== undefined && clock.now().getTime() < kept.endsAt) {
        kept = { ...kept, renewAt: soon() };
        return kept.token;
      }
      throw new MeetingError(
        'identityUnavailable',
        'The managed identity did not return a token for Microsoft Graph.',
        {
          cause: thrown,
        },
      );
    } finally {
      asking = undefined;
    }
  }

  return {
    async get() {
      if (kept !== undefined && clock.now().getTime() < kept.renewAt) return kept.token;
      asking ??= ask();
      return asking;
    },
    discard() {
      kept = undefined;
    },
  };
}

/** The claims of a token; empty if it cannot be read. For diagnosis only, never to grant anything. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    return { ...(JSON.parse(payload) as object | null) };
  } catch {
    return {};
  }
}

/** The application roles among the claims of a token. */
export const rolesIn = ({ roles }: Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
