import { registerHooks } from 'node:module';

/** The generators call the compiler's API, which TypeScript 7 does not have yet. */
registerHooks({
  resolve: (name, context, next) => next(name === 'typescript' ? 'typescript-5' : name, context),
});
