import type { Config } from '../config/config';
import type * as PageBatches from '../handlers/http/page/page-batches';
import type { HttpHandler } from '../handlers/http/response';

type PageHandlers = ReturnType<typeof PageBatches.makePageHandlers>;

/** The functions behind the page. */
export const pageFunctions = [
  'getPage',
  'getPageFile',
  'getPageCaller',
  'submitPageBatch',
  'listPageBatches',
  'getPageBatch',
  'getPageBatchResults',
  'cancelPageBatch',
  'retryPageBatch',
] as const satisfies readonly (keyof PageHandlers)[];

/** The endpoints behind the page. Loaded on first use, because meetings do not need them. */
export function pageHandlers(
  deps: PageBatches.PageDependencies,
  signIn: Config['signIn'],
): Readonly<Record<keyof PageHandlers, HttpHandler>> {
  let made: PageHandlers | undefined;
  const load = (): PageHandlers => {
    const { makePageHandlers } =
      require('../handlers/http/page/page-batches') as typeof PageBatches;
    return makePageHandlers(deps, signIn);
  };
  const handler =
    (name: keyof PageHandlers): HttpHandler =>
    (request, context) =>
      (made ??= load())[name](request, context);
  return Object.fromEntries(pageFunctions.map((name) => [name, handler(name)])) as Record<
    keyof PageHandlers,
    HttpHandler
  >;
}
