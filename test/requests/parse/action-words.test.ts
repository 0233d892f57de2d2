import { actionIn } from '../../../src/requests/parse/parse-meeting-request';

test.each([
  ['cancel', 'cancel'],
  ['Cancelled', 'cancel'],
  [' ABSAGEN ', 'cancel'],
  ['annulé', 'cancel'],
  ['cancelar', 'cancel'],
  ['anulada', 'cancel'],
  ['upsert', 'upsert'],
  ['', 'create'],
  ['perhaps', 'create'],
])('%j in a column of actions is %s', (word, action) => {
  expect(actionIn({ action: word })).toBe(action);
});
