import type { Owner } from '../owner';
import { connector } from './connector-solution';
import { customizationsXml } from './customizations';
import { solutionXml } from './manifest';
import { packageOf } from './package';
import { connectionReference, starterFlow } from './starter-flow';

const file = `Workflows/CreateaTeamsmeeting-${starterFlow.id.toUpperCase()}.json`;

/** A flow to begin with, and the connection that an import asks for. The connector is imported before it. */
export const flowSolution = (owner: Owner): Buffer =>
  packageOf({
    'solution.xml': solutionXml(
      {
        uniqueName: 'ConvokeFlows',
        title: 'Convoke: flows to begin with',
        components: [{ type: 29, id: starterFlow.id }],
      },
      owner,
    ),
    'customizations.xml': customizationsXml({ workflows, connectionReferences }),
    [file]: `${JSON.stringify(starterFlow.content, null, 2)}\n`,
  });

/** A cloud flow is a workflow of category 5; off (state 0, status 1) until its connection is there. */
const workflows = `    <Workflow WorkflowId="{${starterFlow.id}}" Name="${starterFlow.title}">
      <JsonFileName>/${file}</JsonFileName>
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
        <LocalizedName languagecode="1033" description="${starterFlow.title}" />
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
