import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Exchange } from './stream';
import { queryValue, type Target } from './target';
import { sendEmpty } from './response';

/** A user whom the sign-in page offers. */
export interface LocalUser {
  /** Object id. */
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly userName: string;
  /** App roles. */
  readonly roles: readonly string[];
}

const cookieName = 'AppServiceAuthSession';
const principalHeader = 'x-ms-client-principal';

/**
 * App Service authentication with a sign-in page without passwords. Keeps the session in a cookie, and tells the app
 * who is signed in. https://learn.microsoft.com/azure/app-service/configure-authentication-customize-sign-in-out
 */
export class LocalSignIn {
  readonly #users: readonly LocalUser[];
  readonly #sessions = new Map<string, LocalUser>();

  constructor(users: readonly LocalUser[]) {
    this.#users = users;
  }

  /** Replaces the caller's own identity headers by those of the signed-in user. */
  identify(request: IncomingMessage): Record<string, string> {
    delete request.headers[principalHeader];
    const user = this.#sessions.get(sessionIn(request));
    if (user === undefined) return {};
    const principal = toPrincipal(user);
    request.headers[principalHeader] = principal;
    return { [principalHeader]: principal };
  }

  /** Answers the addresses below `/.auth`. */
  handle(exchange: Exchange, target: Target): void {
    const path = target.path.toLowerCase();
    if (path === '/.auth/login/aad') return this.#offer(exchange, target);
    if (path === '/.auth/login/done') return this.#signIn(exchange, target);
    if (path === '/.auth/logout') return this.#signOut(exchange, target);
    sendEmpty(exchange.response, 404);
  }

  #offer({ response }: Exchange, target: Target): void {
    const next = localPath(queryValue(target, 'post_login_redirect_uri'));
    const links = this.#users.map(({ id, name, roles }) => {
      const query = new URLSearchParams({ user: id, next }).toString();
      const may =
        roles.length > 0
          ? 'can create meetings for everybody'
          : 'can create only their own meetings';
      return `<li><a href="/.auth/login/done?${escape(query)}">Sign in as ${escape(name)}</a> (${may})`;
    });
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title><style>body{font:1.1rem system-ui;margin:3rem auto;max-width:32rem;color-scheme:light dark}li{margin:1rem 0}</style><h1>Sign in</h1><p>This page replaces Microsoft's sign-in. Nobody is asked for a password here.</p><ul>${links.join('')}</ul></html>`,
    );
  }

  #signIn({ response }: Exchange, target: Target): void {
    const user = this.#users.find(({ id }) => id === queryValue(target, 'user'));
    if (user === undefined) return sendEmpty(response, 404);
    const session = randomUUID();
    this.#sessions.set(session, user);
    response.setHeader('set-cookie', `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Lax`);
    redirect(response, queryValue(target, 'next'));
  }

  #signOut({ request, response }: Exchange, target: Target): void {
    this.#sessions.delete(sessionIn(request));
    response.setHeader('set-cookie', `${cookieName}=; Path=/; Max-Age=0`);
    redirect(response, queryValue(target, 'post_logout_redirect_uri'));
  }
}

function redirect(response: Exchange['response'], to: string | undefined): void {
  response.setHeader('location', localPath(to));
  sendEmpty(response, 302);
}

/** Redirects only to addresses of this app. */
const localPath = (path = '/'): string => (/^\/(?![/\\])/.test(path) ? path : '/');

function sessionIn({ headers }: IncomingMessage): string {
  const cookies = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return cookies.find(([name]) => name === cookieName)?.[1] ?? '';
}

/** https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities#decode-the-client-principal-header */
function toPrincipal({ id, tenantId, name, userName, roles }: LocalUser): string {
  const claims = [
    { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: id },
    { typ: 'http://schemas.microsoft.com/identity/claims/tenantid', val: tenantId },
    { typ: 'name', val: name },
    { typ: 'preferred_username', val: userName },
    ...roles.map((val) => ({ typ: 'roles', val })),
  ];
  const principal = { auth_typ: 'aad', name_typ: 'name', role_typ: 'roles', claims };
  return Buffer.from(JSON.stringify(principal)).toString('base64');
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
