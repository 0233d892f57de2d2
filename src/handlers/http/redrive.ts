import type { HttpRequest } from '@azure/functions';
import { redrive, type DeadLetterQueue, type Redriven } from '../../meetings/dead-letters/redrive';
import { checkQueryNames } from './request-options';
import type { HttpDependencies, HttpHandler } from './response';
import { wrongQuery } from './wrong-query';

interface RedriveDependencies extends HttpDependencies {
  readonly deadLetters: readonly DeadLetterQueue[];
}

/** `POST /api/redrive[?queue=…]`: makes the app try the messages of one or all poison queues again. */
export const makeRedriveHandler =
  (deps: RedriveDependencies): HttpHandler =>
  async (request) => {
    checkQueryNames(request, ['queue']);
    const queues: (Redriven & { readonly remedy: string | null })[] = [];
    for (const queue of chosen(request, deps.deadLetters)) {
      const redriven = await redrive(queue, deps);
      queues.push({ ...redriven, remedy: remedyFor(redriven) });
    }
    return { jsonBody: { queues } };
  };

function chosen(
  { query }: HttpRequest,
  all: readonly DeadLetterQueue[],
): readonly DeadLetterQueue[] {
  const name = query.get('queue') ?? undefined;
  const found = all.filter((queue) => name === undefined || queue.name === name);
  if (found.length > 0) return found;
  const names = all.map((queue) => queue.name).join(' or ');
  throw wrongQuery('queue', `must be ${names}`);
}

/** While the queue's function is enabled, the host hides the messages that it has given up, for ten minutes at a time. */
const remedyFor = ({ remaining, redriven }: Redriven): string | null => {
  if (remaining === 0) return null;
  return redriven > 0
    ? 'Call again for the rest. Messages that still remain are being processed, or are hidden by the host. See “Alert: poison” in docs/operations.md.'
    : 'These messages are being processed, or are hidden by the host. Disable the queue’s function for ten minutes, then call again. docs/operations.md has the steps under “Alert: poison”.';
};
