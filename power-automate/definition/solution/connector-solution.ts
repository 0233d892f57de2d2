import { icon } from '../icon';
import type { Owner } from '../owner';
import { apiProperties, brandColor } from '../properties';
import { swaggerDocument } from '../swagger';
import { customizationsXml } from './customizations';
import { solutionXml } from './manifest';
import { packageOf } from './package';
import { escapeXml } from './xml';

/** The connector in solutions. Its id is the same in every environment, so that a newer version replaces an older one. */
export const connector = {
  id: '6f0a2d1c-9d5b-4f0e-8c57-1b0f6f7f5a01',
  schemaName: 'convoke_meetings',
} as const;

interface Swagger {
  readonly info: { readonly title: string; readonly description: string };
}

interface Properties {
  readonly properties: {
    readonly connectionParameters: object;
    readonly policyTemplateInstances: readonly object[];
  };
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** The connector with the function key and its policies as a separate solution, because it must be imported before the flows. */
export function connectorSolution(owner: Owner): Buffer {
  const swagger = swaggerDocument('function-key', owner) as Swagger;
  const { properties } = apiProperties('function-key', owner) as Properties;
  const path = (part: string): string => `Connector/${connector.schemaName}_${part}`;
  const manifest = {
    uniqueName: 'ConvokeConnector',
    title: swagger.info.title,
    components: [{ type: 372, ...connector }] as const,
  };
  return packageOf({
    'solution.xml': solutionXml(manifest, owner),
    'customizations.xml': customizationsXml({ connectors: toElement(swagger, path) }),
    [path('openapidefinition.json')]: json(swagger),
    [path('connectionparameters.json')]: json(properties.connectionParameters),
    [path('policytemplateinstances.json')]: json(properties.policyTemplateInstances),
    [path('iconblob.Png')]: icon(),
  });
}

const toElement = ({ info }: Swagger, path: (part: string) => string): string =>
  `    <Connector>
      <connectorid>${connector.id}</connectorid>
      <description>${escapeXml(info.description)}</description>
      <displayname>${escapeXml(info.title)}</displayname>
      <iconbrandcolor>${brandColor}</iconbrandcolor>
      <name>${connector.schemaName}</name>
      <connectortype>1</connectortype>
      <openapidefinition>/${path('openapidefinition.json')}</openapidefinition>
      <connectionparameters>/${path('connectionparameters.json')}</connectionparameters>
      <policytemplateinstances>/${path('policytemplateinstances.json')}</policytemplateinstances>
      <iconblob>/${path('iconblob.Png')}</iconblob>
    </Connector>`;
