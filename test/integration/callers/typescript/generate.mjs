// node --import ./typescript-5.mjs generate.mjs <description of the API> <folder>
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';
import openapiTS, { astToString } from 'openapi-typescript';

const [description = '', folder = ''] = process.argv.slice(2);
// Properties with a default are optional.
const types = await openapiTS(pathToFileURL(description), { defaultNonNullable: false });
writeFileSync(join(folder, 'schema.ts'), astToString(types));
await createClient({
  input: description,
  output: join(folder, 'hey-api'),
  logs: { level: 'silent' },
});
