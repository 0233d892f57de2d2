import { readCommandLine, runCommand, UsageError } from '../command-line';
import { ask, doctorUrl, isLoopback } from './ask';
import { reportTable } from './report-table';

const usage = `Usage: npm run doctor -- <url> [organizer] [options]

  <url>        where the app is, for example https://<app>.azurewebsites.net or http://127.0.0.1:7071
  [organizer]  a user by object id, name or address: checks that the app can create meetings for them

  --probe      create one meeting for the organizer and delete it again
  --json       print the report as JSON
  --help, -h   print this

The environment variable CONVOKE_KEY holds the app's master key; the local stack needs none.
Exit codes: 0 nothing failed, 1 something failed, 2 the doctor could not be reached.
`;

function readArguments() {
  const { values, positionals } = readCommandLine(usage, {
    allowPositionals: true,
    options: { probe: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const [address = '', organizer, ...others] = positionals;
  if (!URL.canParse(address) || others.length > 0) throw new UsageError(usage);
  if (values.probe === true && organizer === undefined)
    throw new UsageError('--probe requires an organizer.');
  return { ...values, address, organizer };
}

/** Never sends a key unencrypted over a network. */
function readKey(url: URL): string {
  const key = process.env['CONVOKE_KEY'] ?? '';
  if (key !== '' && url.protocol !== 'https:' && !isLoopback(url))
    throw new UsageError('A key is sent over https only.');
  return key;
}

async function main(): Promise<number> {
  const options = readArguments();
  const url = doctorUrl(options.address, options.organizer, options.probe === true);
  const key = readKey(url);
  // Graph may take half a minute to answer or fail.
  process.stderr.write(`Asking ${url.origin} …\n`);
  const report = await ask(url, key);
  const { isTTY, columns } = process.stdout;
  const colours = isTTY && process.env['NO_COLOR'] === undefined;
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(report, null, 2)}\n`
      : reportTable(report, { width: columns || 100, colours }),
  );
  return report.status === 'failed' ? 1 : 0;
}

void runCommand(main, 2);
