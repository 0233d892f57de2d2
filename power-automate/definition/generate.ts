import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { readCommandLine, runCommand, UsageError } from '../../local/command-line';
import { connectorFiles } from './connector-files';
import type { Owner } from './owner';

const usage = `npm run connector -- [options]

Writes the files of the connector and its solutions from the schemas that the API validates with. For certification,
specify who offers it. The files then go to a separate folder:
  --publisher <name>  --email <address>  --website <url>  --privacy-policy <url>  --out <folder>
`;

const text = { type: 'string' } as const;
const options = {
  publisher: text,
  email: text,
  website: text,
  'privacy-policy': text,
  out: text,
};

const read = () => readCommandLine(usage, { options }).values;

void runCommand(async () => {
  const { owner, out = join(projectFolder(), 'power-automate') } = ownerOf(read());
  for (const [name, content] of connectorFiles(owner)) {
    const path = join(out, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return 0;
});

/** The owner, given completely or not at all. @throws UsageError */
function ownerOf({
  publisher,
  email,
  website,
  'privacy-policy': privacyPolicy,
  out,
}: ReturnType<typeof read>): {
  readonly owner?: Owner;
  readonly out?: string;
} {
  const given = [publisher, email, website, privacyPolicy, out];
  if (given.every((value) => value === undefined)) return {};
  if (!publisher || !email || !website || !privacyPolicy || !out)
    throw new UsageError(`Specify all of them, or none.\n\n${usage}`);
  return { owner: { name: publisher, email, website, privacyPolicy }, out };
}
