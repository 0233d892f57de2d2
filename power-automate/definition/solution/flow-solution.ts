import type { Owner } from '../owner';
import { connector } from './connector-solution';
import { customizationsXml } from './customizations';
import { createAMeeting } from './flows/create-a-meeting';
import { createMeetingsFromAList } from './flows/create-meetings-from-a-list';
import { connectionReference, contentOf, type Flow } from './flows/parts';
import { whenAMeetingFails } from './flows/when-a-meeting-fails';
import { solutionXml } from './manifest';
import { packageOf } from './package';

/** The flows. None needs another connector, so that an import asks for one connection only. */
export const flows: readonly Flow[] = [createAMeeting, createMeetingsFromAList, whenAMeetingFails];

const fileOf = ({ id, title }: Flow): string =>
  `Workflows/${title.replaceAll(' ', '')}-${id.toUpperCase()}.json`;

/** The starter flows, and the connection that an import asks for. The connector must be imported first. */
export const flowSolution = (owner: Owner): Buffer =>
  packageOf({
    'solution.xml': solutionXml(
      {
        uniqueName: 'ConvokeFlows',
        title: 'Convoke: flows to begin with',
        components: flows.map(({ id }) => ({ type: 29, id })),
      },
      owner,
    ),
    'customizations.xml': customizationsXml({
      workflows: flows.map(toWorkflow).join('\n'),
      connectionReferences,
    }),
    ...Object.fromEntries(
      flows.map((flow) => [fileOf(flow), `${JSON.stringify(contentOf(flow), null, 2)}\n`]),
    ),
  });

/** A cloud flow is a workflow of category 5; off (state 0, status 1) until it has its connection. */
const toWorkflow = (
  flow: Flow,
): string => `    <Workflow WorkflowId="{${flow.id}}" Name="${flow.title}">
      <JsonFileName>/${fileOf(flow)}</JsonFileName>
      <Type>1</Type>
      <Subprocess>0</Subprocess>
      <Category>5</Category>
      <Mode>0</Mode>
      <Scope>4</Scope>
      <OnDemand>0</OnDemand>
      <TriggerOnCreate>0</TriggerOnCreate>
      <TriggerOnDelete>0</TriggerOnDelete>
      <AsyncAutodelete>0</AsyncAutodelete>
      <SyncWorkflowLogOnFailure>0</SyncWorkflowLogOnFailure>
      <StateCode>0</StateCode>
      <StatusCode>1</StatusCode>
      <RunAs>1</RunAs>
      <IsTransacted>1</IsTransacted>
      <IntroducedVersion>1.0</IntroducedVersion>
      <IsCustomizable>1</IsCustomizable>
      <BusinessProcessType>0</BusinessProcessType>
      <IsCustomProcessingStepAllowedForOtherPublishers>1</IsCustomProcessingStepAllowedForOtherPublishers>
      <PrimaryEntity>none</PrimaryEntity>
      <LocalizedNames>
        <LocalizedName languagecode="1033" description="${flow.title}" />
      </LocalizedNames>
    </Workflow>`;

const connectionReferences = `    <connectionreference connectionreferencelogicalname="${connectionReference.logicalName}">
      <connectionreferencedisplayname>${connectionReference.title}</connectionreferencedisplayname>
      <connectorid>${connectionReference.apiId}</connectorid>
      <customconnectorid>
        <connectorid>${connector.id}</connectorid>
      </customconnectorid>
      <iscustomizable>1</iscustomizable>
      <promptingbehavior>0</promptingbehavior>
      <statecode>0</statecode>
      <statuscode>1</statuscode>
    </connectionreference>`;
