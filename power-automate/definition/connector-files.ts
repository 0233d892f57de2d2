import { icon } from './icon';
import { introduction } from './introduction';
import { isNamed, nobody, type Owner } from './owner';
import { apiProperties } from './properties';
import { connectorSolution } from './solution/connector-solution';
import { flowSolution } from './solution/flow-solution';
import { swaggerDocument, type Variant } from './swagger';

export const variants: readonly Variant[] = ['function-key', 'entra'];

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** Every generated file, by its path inside `power-automate`. */
export const connectorFiles = (owner: Owner = nobody): ReadonlyMap<string, string | Buffer> =>
  new Map([
    ...variants.flatMap((variant): [string, string | Buffer][] => [
      [`connector/${variant}/apiDefinition.swagger.json`, json(swaggerDocument(variant, owner))],
      [`connector/${variant}/apiProperties.json`, json(apiProperties(variant, owner))],
      [`connector/${variant}/icon.png`, icon()],
      ...(isNamed(owner)
        ? [[`connector/${variant}/intro.md`, introduction(variant, owner)] as [string, string]]
        : []),
    ]),
    ['solution/convoke-connector.zip', connectorSolution(owner)],
    ['solution/convoke-flows.zip', flowSolution(owner)],
  ]);
