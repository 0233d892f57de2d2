import { isAbsent, type Reader } from './scalar';

/** A reader that refuses any value, with this reason. Problem: `unsupportedProperty`. */
export const refusing =
  (reason: string): Reader =>
  (value, target, { problems }) =>
    isAbsent(value) ? undefined : problems.add('unsupportedProperty', target, reason);
