import { setTimeout as sleep } from 'node:timers/promises';

/** The error of a call to Microsoft Graph. */
export class GraphCallError extends Error {
  constructor(method, path, { status, error }) {
    super(`${method} ${path}: ${status} ${error?.code ?? ''} ${error?.message ?? ''}`.trim());
    this.status = status;
  }
}

/**
 * Calls to Microsoft Graph with the operator's token. A new identity is not known everywhere in the directory at once,
 * so a call that gets "not found" is repeated until the wait is over.
 */
export function makeGraph({ baseUrl, token, waitSeconds }) {
  const deadline = Date.now() + waitSeconds * 1000;
  const pauseMs = (waitSeconds * 1000) / 24;

  async function once(method, path, body) {
    const url = new URL(path, `${baseUrl}/v1.0/`);
    if (url.origin !== new URL(baseUrl).origin)
      throw new Error(`Refused to send the token to ${url.origin}.`);
    const response = await fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : JSON.parse(text);
    const throttledMs = Number(response.headers.get('retry-after') ?? 0) * 1000;
    const error = new GraphCallError(method, path, {
      status: response.status,
      error: readError(text),
    });
    throw Object.assign(error, { throttledMs });
  }

  /** Repeats calls that are safe to repeat: reads, and writes that were certainly not carried out. */
  async function call(method, path, body) {
    for (;;) {
      try {
        return await once(method, path, body);
      } catch (error) {
        const pause = Math.max(pauseMs, error.throttledMs ?? 0);
        if (!mayRepeat(method, error.status) || Date.now() + pause > deadline) throw error;
        await sleep(pause);
      }
    }
  }

  /** The service principal of an application id. */
  async function servicePrincipal(appId) {
    const query = new URLSearchParams({
      $filter: `appId eq '${appId}'`,
      $select: 'id,appId,displayName,appRoles',
    });
    for (;;) {
      const { value } = await call('GET', `servicePrincipals?${query}`);
      if (value[0] !== undefined) return value[0];
      if (Date.now() + pauseMs > deadline)
        throw new Error(`No service principal has the client id ${appId}.`);
      await sleep(pauseMs);
    }
  }

  /** Every application permission that a service principal has, on any resource. */
  async function assignments(principalId) {
    const found = [];
    let next = `servicePrincipals/${principalId}/appRoleAssignments`;
    while (next !== undefined) {
      const page = await call('GET', next);
      found.push(...page.value);
      next = page['@odata.nextLink'];
    }
    return found;
  }

  const assign = (assignment) =>
    call('POST', `servicePrincipals/${assignment.principalId}/appRoleAssignments`, assignment);

  const unassign = ({ principalId, id }) =>
    call('DELETE', `servicePrincipals/${principalId}/appRoleAssignments/${id}`);

  return { servicePrincipal, assignments, assign, unassign };
}

/** Throttled and unknown calls had no effect. After any other failure a write may have been carried out. */
function mayRepeat(method, status) {
  if (method === 'DELETE') return status === 429;
  return status === 404 || status === 429 || (method === 'GET' && status >= 500);
}

function readError(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return undefined;
  }
}
