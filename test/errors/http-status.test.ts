import { catalogue } from '../../src/errors/catalogue';
import { httpStatusOf } from '../../src/errors/http-status';

/** Not the recorded end of a request: a repeat may succeed once an operator has acted. */
const notRecorded = ['misconfigured', 'internalError'];

test('what a repeat cannot change has a status that no client repeats automatically', () => {
  const repeated = Object.entries(catalogue)
    .filter(([code, { retryable }]) => !retryable && !notRecorded.includes(code))
    .map(([code]) => [code, httpStatusOf[code as keyof typeof httpStatusOf]] as const)
    // 501 says that the app cannot do it at all.
    .filter(([, status]) => status === 408 || status === 429 || (status >= 500 && status !== 501));
  expect(repeated).toEqual([]);
});
