import { icon } from './icon';
import { apiProperties } from './properties';
import { swaggerDocument, type Variant } from './swagger';

export const variants: readonly Variant[] = ['function-key', 'entra'];

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** Every generated file of the connector, by its path inside `power-automate/connector`. */
export const connectorFiles = (): ReadonlyMap<string, string | Buffer> =>
  new Map(
    variants.flatMap((variant): [string, string | Buffer][] => [
      [`${variant}/apiDefinition.swagger.json`, json(swaggerDocument(variant))],
      [`${variant}/apiProperties.json`, json(apiProperties(variant))],
      [`${variant}/icon.png`, icon()],
    ]),
  );
