import type { HttpRequest } from '@azure/functions';
import { batchChoices, type BatchChoiceDependencies } from '../../choices/batches';
import type { Choice } from '../../choices/choice';
import { organizerChoices, type People } from '../../choices/organizers';
import { timeZoneChoices } from '../../choices/time-zones';
import { MeetingError } from '../../errors/meeting-error';
import { checkQueryNames } from './request-options';
import type { HttpDependencies, HttpHandler } from './response';
import { wrongQuery } from './wrong-query';

interface ChoicesDependencies extends HttpDependencies, BatchChoiceDependencies {
  readonly people: People;
  /** Time limit of one call to Graph, in milliseconds. */
  readonly callTimeoutMs: number;
}

/** Maximum length of a search text, in characters. */
const maxSearchLength = 100;

/** `GET /api/choices/{list}`: the choices that a form can offer for a field. */
export function makeListChoicesHandler(deps: ChoicesDependencies): HttpHandler {
  return async (request) => {
    checkQueryNames(request, ['search']);
    const find = Object.hasOwn(lists, request.params['list'] ?? '')
      ? lists[request.params['list'] as keyof typeof lists]
      : undefined;
    if (find === undefined) throw unknownList();
    return { jsonBody: { value: await find(request, deps) } };
  };
}

type Find = (request: HttpRequest, deps: ChoicesDependencies) => Promise<readonly Choice[]>;

const lists: Readonly<Record<'timeZones' | 'organizers' | 'batches', Find>> = {
  timeZones: async () => timeZoneChoices(),
  organizers: (request, { people, clock, callTimeoutMs }) =>
    organizerChoices(searchOf(request), people, {
      deadline: clock.now().getTime() + callTimeoutMs,
    }),
  batches: (_, deps) => batchChoices(deps.clock.now(), deps),
};

function searchOf({ query }: HttpRequest): string {
  const search = query.get('search')?.trim() ?? '';
  if (search.length <= maxSearchLength) return search;
  throw wrongQuery('search', `must have at most ${maxSearchLength} characters`);
}

const unknownList = (): MeetingError =>
  new MeetingError('invalidRequest', `This list does not exist.`, {
    target: 'list',
    remedy: `Use one of these lists: ${Object.keys(lists).join(', ')}.`,
  });
