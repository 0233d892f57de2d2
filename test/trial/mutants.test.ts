import { AppVariant } from '../../trial/app-variant';
import { mutants } from '../../trial/mutants';

test.each(Object.entries(mutants))('can still be done to the built app: %s', (_, change) => {
  expect(() => new AppVariant([change]).remove()).not.toThrow();
});
