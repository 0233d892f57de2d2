import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  Values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/**
 * Adds `Values` of local.settings.json to the environment. Existing variables win, and empty values are not set, as
 * with Core Tools.
 */
export function applyLocalSettings(folder: string, env: NodeJS.ProcessEnv): void {
  const file = join(folder, 'local.settings.json');
  if (!existsSync(file)) return;
  const { Values } = schema.parse(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
  for (const [name, value] of Object.entries(Values)) {
    if (env[name] === undefined && value !== '') env[name] = String(value);
  }
}
