import { reportSchema, type Report } from '../../src/doctor/finding';

/** The reason for having no report; ends the command with exit code 2. */
class UnanswerableError extends Error {}

/** Time limit of a call, longer than that of App Service. */
const timeLimitMs = 240_000;

/** Gets the report. @throws UnanswerableError with the reason if there is none. */
export async function ask(url: URL, key: string): Promise<Report> {
  const response = await call(url, key);
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = reportSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new UnanswerableError(whyNoReport(url, response.status, body));
}

async function call(url: URL, key: string): Promise<Response> {
  try {
    return await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeLimitMs),
      headers: key === '' ? {} : { 'x-functions-key': key },
    });
  } catch (thrown) {
    throw new UnanswerableError(whyNoAnswer(url, causeOf(thrown)));
  }
}

function causeOf(thrown: unknown): { readonly code?: string; readonly message: string } {
  const { cause, message } = thrown as Error & { readonly cause?: Error };
  return cause ?? { message };
}

/** The doctor's address, from the address of the app, its /api or the doctor. */
export function doctorUrl(address: string, organizer: string | undefined, probe: boolean): URL {
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/+$/, '').replace(/\/api(\/doctor)?$/, '')}/api/doctor`;
  if (organizer !== undefined) url.searchParams.set('organizer', organizer);
  if (probe) url.searchParams.set('probe', 'true');
  return url;
}

/** Whether the address is this machine, without Azure in between. */
export const isLoopback = ({ hostname }: URL): boolean =>
  ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);

function whyNoAnswer(url: URL, { code, message }: { code?: string; message: string }): string {
  if (code === 'ENOTFOUND')
    return `The host ${url.hostname} does not exist. Check the address: CONVOKE_URL of the deployment.`;
  const silence = `${url.origin} does not respond (${code ?? message}).`;
  return isLoopback(url)
    ? `${silence} Is it running (npm start), and on this port?`
    : `${silence}\n${hostIsDown}`;
}

function whyNoReport({ origin }: URL, status: number, body: unknown): string {
  const reason = reasonIn(body);
  switch (status) {
    case 401:
    case 403:
      return 'The app refused the key. Set CONVOKE_KEY to its master key, not a function key.';
    case 404:
      return `${origin} has no doctor. Check the address. If it is correct, the app was not loaded: it must have functions (docs/deploy.md, step 4).`;
    case 502:
    case 503:
    case 504:
      return reason ?? `${origin} returned ${status}.\n${hostIsDown}`;
    default:
      return reason ?? `${origin} returned ${status}, which is not a report of the doctor.`;
  }
}

/** The app's message for a refused request. */
function reasonIn(body: unknown): string | undefined {
  const { error } = (body ?? {}) as { readonly error?: { readonly message?: unknown } };
  return typeof error?.message === 'string' ? error.message : undefined;
}

const hostIsDown = `The Functions host itself is down, and the doctor with it. Its storage is the usual cause:
  1. Roles: they can take ten minutes to take effect after a deployment. After that, check that the app's identity has them:
     az role assignment list --assignee $CONVOKE_IDENTITY_PRINCIPAL_ID --all --query "[].roleDefinitionName" --output table
  2. Network: private endpoints and DNS, or a public address that was closed.
  3. Name: the AzureWebJobsStorage settings.
docs/operations.md, "When the app does not answer at all", has the commands.`;
