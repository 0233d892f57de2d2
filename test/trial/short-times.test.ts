import { AppVariant } from '../../trial/variants/app-variant';
import {
  overtakingFor,
  quickTimers,
  shortRetention,
  shortWaits,
  silenceFor,
} from '../../trial/variants/short-times';
import { shortTrial } from '../../trial/short-trial';

test.each([
  ['the short trial', shortTrial.changes],
  ['a trial', [...quickTimers, overtakingFor(60), silenceFor(20), shortRetention]],
  ['tests of whole processes', shortWaits],
])('the times of the built app can be shortened for %s', (_, changes) => {
  expect(() => new AppVariant(changes).remove()).not.toThrow();
});
