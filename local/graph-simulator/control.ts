import { z } from 'zod';
import type { GraphService } from './call';
import { selectProperties } from './odata';
import type { RequestLog } from './request-log';

/** What the simulator can be asked and told beside being Graph. */
export type Controlled = GraphService & {
  readonly log: RequestLog;
  readonly faultReport: () => object;
  readonly setFaults: (plan: unknown) => void;
  readonly reset: () => void;
};

type Command = { readonly method: string; readonly url: URL; readonly json: unknown };
type Answer = readonly [status: number, body: unknown];

/** Answers under `/_simulator`. */
export function control(command: Command, simulator: Controlled): Answer {
  try {
    return [200, execute(command, simulator)];
  } catch (error) {
    if (error instanceof UnknownCommand) return [404, { error: { message: error.message } }];
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return [400, { error: { message } }];
  }
}

class UnknownCommand extends Error {}

function execute(command: Command, simulator: Controlled): unknown {
  const { method, url, json } = command;
  const [, , area = '', kind = '', key = ''] = url.pathname.split('/').map(decodeURIComponent);
  switch (`${method} ${area}${kind === '' ? '' : `/${kind}`}`) {
    case 'GET tenant':
      return simulator.tenant.state;
    case 'PUT tenant':
      simulator.tenant.update(requireObject(json));
      return simulator.tenant.state;
    case 'PUT tenant/users':
      simulator.tenant.updateUser(key, requireObject(json));
      return simulator.tenant.findUser(key) ?? simulator.tenant.state;
    case 'PUT tenant/identities':
      simulator.tenant.updateIdentity(key, requireObject(json));
      return simulator.tenant.state;
    case 'GET meetings':
      return listMeetings(simulator, url.searchParams);
    case 'GET requests':
      return simulator.log.list();
    case 'GET faults':
      return simulator.faultReport();
    case 'PUT faults':
      simulator.setFaults(json);
      return simulator.faultReport();
    case 'POST reset':
      simulator.reset();
      return {};
    default:
      throw new UnknownCommand(`There is no ${method} ${url.pathname}.`);
  }
}

function listMeetings({ meetings }: Controlled, query: URLSearchParams): object[] {
  return meetings
    .list()
    .map(({ meeting, organizerId, creationRequests }) =>
      selectProperties({ ...meeting, organizerId, creationRequests }, query),
    );
}

function requireObject(json: unknown): object {
  if (typeof json === 'object' && json !== null) return json;
  throw new Error('The body must be a JSON object.');
}
