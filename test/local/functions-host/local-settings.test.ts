import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyLocalSettings } from '../../../local/functions-host/local-settings';

test('fills gaps of the environment only, and never with an empty value', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-settings-'));
  const Values = { GIVEN: 'file', MISSING: 'file', FLAG: true, EMPTY: '' };
  writeFileSync(join(folder, 'local.settings.json'), JSON.stringify({ Values }));
  const env: NodeJS.ProcessEnv = { GIVEN: 'environment' };
  applyLocalSettings(folder, env);
  rmSync(folder, { recursive: true });
  expect(env).toEqual({ GIVEN: 'environment', MISSING: 'file', FLAG: 'true' });
});
