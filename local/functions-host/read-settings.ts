import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { HostSettingsError, parseHostSettings, type HostSettings } from './host-settings';
import { applyLocalSettings } from './local-settings';

/** Reads host.json, and sets the environment that an app has under Core Tools. The worker inherits it. */
export function readSettings(folder: string): HostSettings {
  const { env } = process;
  applyLocalSettings(folder, env);
  env['AZURE_FUNCTIONS_ENVIRONMENT'] ??= 'Development';
  env['FUNCTIONS_APPLICATION_DIRECTORY'] ??= folder;
  return parseHostSettings(readHostJson(folder), { env, processorCount: availableParallelism() });
}

function readHostJson(folder: string): string {
  try {
    return readFileSync(join(folder, 'host.json'), 'utf8');
  } catch (error) {
    throw new HostSettingsError(`host.json cannot be read: ${String(error)}`);
  }
}
