// Runs after azd has created the resources and before it deploys the app, so that the identity has its permissions
// before the app requests its first token. Azure caches tokens, with their permissions, for about a day.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const { CONVOKE_IDENTITY_CLIENT_ID: clientId, CONVOKE_ORGANIZER_GROUP_ID: groupId } = process.env;

const run = (command, args) => spawnSync(command, args, { stdio: 'inherit' });

const granted = run(process.execPath, [
  join(import.meta.dirname, 'grant-graph-permissions.mjs'),
  ...process.argv.slice(2),
]);
if (granted.status !== 0) process.exit(1);

const script = join(import.meta.dirname, 'Grant-AccessPolicy.ps1');
// Cloud Shell has no browser.
const inCloudShell = process.env.AZUREPS_HOST_ENVIRONMENT?.startsWith('cloud-shell');
const signIn = `Connect-MicrosoftTeams${inCloudShell ? ' -UseDeviceAuthentication' : ''}`;
const byHand = `  ${signIn}
  ./infra/scripts/Grant-AccessPolicy.ps1 -ClientId ${clientId} -GroupId ${groupId || '<object id of the group>'}`;

if (!groupId) {
  console.log(
    `Nobody can organize meetings yet. Choose a security group, then run in PowerShell:\n${byHand}`,
  );
  process.exit(0);
}
// Teams asks a person to sign in; a pipeline would wait without end.
if (process.env.CI || process.env.TF_BUILD) {
  console.log(
    `You must grant the application access policy yourself. Run in PowerShell:\n${byHand}`,
  );
  process.exit(0);
}
const inPowerShell = `${signIn} | Out-Host; & '${script.replaceAll("'", "''")}' -ClientId $env:CONVOKE_IDENTITY_CLIENT_ID -GroupId $env:CONVOKE_ORGANIZER_GROUP_ID`;
const policy = run('pwsh', ['-NoProfile', '-Command', inPowerShell]);
if (policy.status !== 0) {
  // The app can be deployed without the policy; only its meetings need it.
  console.error(`The application access policy was not granted. Run in PowerShell:\n${byHand}`);
}
