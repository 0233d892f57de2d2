import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { flowPictures } from './flow-pictures';

for (const [path, picture] of flowPictures()) writeFileSync(join(projectFolder(), path), picture);
