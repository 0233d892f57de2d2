import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { connectorFiles } from './connector-files';

// npm run connector: writes the files of the connector from the schemas that the API validates with.
for (const [name, content] of connectorFiles()) {
  const path = join(projectFolder(), 'power-automate', 'connector', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
