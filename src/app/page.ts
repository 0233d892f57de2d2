import type { Config } from '../config/config';
import type { PageDependencies } from '../handlers/http/page/page-batches';
import type { HttpHandler } from '../handlers/http/response';
import type * as PageEndpoints from './page-endpoints';

type PageHandlers = ReturnType<typeof PageEndpoints.makePageHandlers>;

/** Returns the handlers of the page by name. Loads them with the first call, because meetings do not need them. */
export function makePageHandler(
  deps: PageDependencies,
  signIn: Config['signIn'],
): (name: keyof PageHandlers) => HttpHandler {
  let made: PageHandlers | undefined;
  const load = (): PageHandlers => {
    const { makePageHandlers } = require('./page-endpoints') as typeof PageEndpoints;
    return makePageHandlers(deps, signIn);
  };
  return (name) => (request, context) => (made ??= load())[name](request, context);
}
