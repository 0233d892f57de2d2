import { importExport } from './xml';

interface Customizations {
  readonly workflows?: string;
  readonly connectors?: string;
  readonly connectionReferences?: string;
}

/** Empty parts of the solution; importers require them. */
const empty = (names: readonly string[]): string => names.map((name) => `  <${name} />`).join('\n');

/** `customizations.xml`: https://learn.microsoft.com/power-apps/developer/data-platform/customization-solutions-file-schema */
export const customizationsXml = ({
  workflows,
  connectors,
  connectionReferences,
}: Customizations): string =>
  importExport(
    [
      empty(['Entities', 'Roles']),
      part('Workflows', workflows) || empty(['Workflows']),
      empty(['FieldSecurityProfiles', 'Templates', 'EntityMaps', 'EntityRelationships']),
      empty(['OrganizationSettings', 'optionsets', 'CustomControls', 'EntityDataProviders']),
      part('Connectors', connectors),
      part('connectionreferences', connectionReferences),
      '  <Languages>\n    <Language>1033</Language>\n  </Languages>',
    ]
      .filter((text) => text !== '')
      .join('\n'),
  );

const part = (name: string, content: string | undefined): string =>
  content === undefined ? '' : `  <${name}>\n${content}\n  </${name}>`;
