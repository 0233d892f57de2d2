import { version } from '../../../src/config/version';
import type { Owner } from '../owner';
import { escapeXml, importExport } from './xml';

/** Numbers of component types: https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/solutioncomponent */
type RootComponent =
  | { readonly type: 29; readonly id: string }
  | { readonly type: 372; readonly id: string; readonly schemaName: string };

interface Manifest {
  readonly uniqueName: string;
  readonly title: string;
  readonly components: readonly RootComponent[];
}

const attributes =
  'version="9.2" SolutionPackageVersion="9.2" languagecode="1033" generatedBy="CrmLive" ';

/** `solution.xml`: https://learn.microsoft.com/power-platform/alm/solution-concepts-alm */
export const solutionXml = ({ uniqueName, title, components }: Manifest, owner: Owner): string =>
  importExport(
    `  <SolutionManifest>
    <UniqueName>${uniqueName}</UniqueName>
    <LocalizedNames>
      <LocalizedName description="${escapeXml(title)}" languagecode="1033" />
    </LocalizedNames>
    <Descriptions />
    <Version>${version}.0</Version>
    <Managed>0</Managed>
    <Publisher>
      <UniqueName>convoke</UniqueName>
      <LocalizedNames>
        <LocalizedName description="Convoke" languagecode="1033" />
      </LocalizedNames>
      <Descriptions />
      <EMailAddress${valueOf(owner.email, 'EMailAddress')}
      <SupportingWebsiteUrl${valueOf(owner.email === undefined ? undefined : owner.website, 'SupportingWebsiteUrl')}
      <CustomizationPrefix>convoke</CustomizationPrefix>
      <CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix>
      <Addresses />
    </Publisher>
    <RootComponents>
${components.map(toElement).join('\n')}
    </RootComponents>
    <MissingDependencies />
  </SolutionManifest>`,
    attributes,
  );

const valueOf = (value: string | undefined, element: string): string =>
  value === undefined ? ' xsi:nil="true" />' : `>${escapeXml(value)}</${element}>`;

const toElement = (component: RootComponent): string => {
  const name = component.type === 372 ? ` schemaName="${component.schemaName}"` : '';
  return `      <RootComponent type="${component.type}" id="{${component.id}}"${name} behavior="0" />`;
};
