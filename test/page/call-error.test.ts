import { CallError } from '../../page/src/api/call-error';

test.each([
  ['of the app', 409, { code: 'batchCancelled', message: 'Stopped.' }, 'batchCancelled'],
  ['that forbids the call', 403, undefined, 'forbidden'],
  ['that finds the call too large', 413, undefined, 'requestTooLarge'],
  ['that says nothing else', 502, undefined, ''],
])('an answer %s has the code of its error', (_whose, status, body, code) => {
  expect(new CallError(status, body)).toMatchObject({ status, code });
});
