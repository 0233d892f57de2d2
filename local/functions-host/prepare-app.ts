import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { indexFunctions, type AppFunction } from './app-functions';
import { FunctionApp, installCoreModule } from './worker/core-module';
import type { Emit } from './events';
import { HostSettingsError, parseHostSettings, type HostSettings } from './host-settings';
import { loadApp } from './worker/load-app';
import { applyLocalSettings } from './local-settings';

/** An app whose files are loaded and whose functions are known. */
export interface PreparedApp {
  readonly app: FunctionApp;
  readonly settings: HostSettings;
  readonly functions: readonly AppFunction[];
  /** Where the library serves requests itself, if the app asked for HTTP streaming. */
  readonly streamTarget: URL | undefined;
}

/** Reads the settings, loads the app in this process, and sees to it that its functions can be served. */
export async function prepareApp(folder: string, emit: Emit): Promise<PreparedApp> {
  const settings = prepareProcess(folder);
  const app = new FunctionApp(emit);
  installCoreModule(app);
  const files = await loadApp(folder);
  if (files.length === 0) {
    emit({ type: 'problem', message: '"main" of package.json matches no file.' });
  }
  await app.hooks.run('appStart', {
    functionAppDirectory: folder,
    hookData: app.appLevelHookData,
    appHookData: app.appHookData,
  });
  const capabilities = await app.model?.getCapabilities({});
  app.lock();
  const functions = indexFunctions(app.functions.values(), {
    routePrefix: settings.http.routePrefix,
    env: process.env,
    onProblem: (message) => emit({ type: 'problem', message }),
  });
  const streamUri = capabilities?.['HttpUri'];
  return { app, settings, functions, streamTarget: streamUri ? new URL(streamUri) : undefined };
}

/** Environment and working directory are those that an app has under Core Tools. */
function prepareProcess(folder: string): HostSettings {
  const { env } = process;
  applyLocalSettings(folder, env);
  env['AZURE_FUNCTIONS_ENVIRONMENT'] ??= 'Development';
  env['FUNCTIONS_APPLICATION_DIRECTORY'] ??= folder;
  process.chdir(folder);
  return parseHostSettings(readHostJson(folder), { env, processorCount: availableParallelism() });
}

function readHostJson(folder: string): string {
  try {
    return readFileSync(join(folder, 'host.json'), 'utf8');
  } catch (error) {
    throw new HostSettingsError(`host.json cannot be read: ${String(error)}`);
  }
}
