import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource as the compiler predicts it; a value known only at deployment stays an expression in brackets. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly [property: string]: unknown;
}

export const root = join(__dirname, '..', '..');

export const scenarios = ['plain', 'everything'] as const;
export type Scenario = (typeof scenarios)[number];

const read = (scenario: Scenario): string =>
  readFileSync(join(root, 'infra', 'snapshots', `${scenario}.json`), 'utf8');

/** The prediction of `infra/compile.mjs` for a scenario of `infra/snapshots/scenarios.json`. */
export const resources = (scenario: Scenario): Resource[] => JSON.parse(read(scenario));

export const predictedText = read;

/** Returns the resources of this type that the deployment would create. */
export const ofType = (scenario: Scenario, type: string): Resource[] =>
  resources(scenario).filter((resource) => resource.type === type);

/** The only resource of its type. */
export function only(scenario: Scenario, type: string): Resource {
  const [found, ...others] = ofType(scenario, type);
  if (found === undefined || others.length > 0) throw new Error(`Not exactly one ${type}.`);
  return found;
}

/** App settings of the function app by name. */
export function appSettings(scenario: Scenario): Readonly<Record<string, string>> {
  const { properties } = only(scenario, 'Microsoft.Web/sites') as unknown as {
    properties: { siteConfig: { appSettings: { name: string; value: string }[] } };
  };
  return Object.fromEntries(
    properties.siteConfig.appSettings.map(({ name, value }) => [name, value]),
  );
}

/** Names of nested resources, without those of their parents. */
export const ownNames = (scenario: Scenario, type: string): string[] =>
  ofType(scenario, type)
    .map(({ name }) => name.split('/').at(-1) ?? name)
    .toSorted();
