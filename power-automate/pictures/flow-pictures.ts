import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { flows } from '../definition/solution/flow-solution';
import type { Flow } from '../definition/solution/flows/parts';
import type { FlowDefinition, PastedAction } from './flow-definition';
import { flowPicture } from './flow-picture';

const samples = 'power-automate/samples';

/** Uses the titles of inputs, like a designer. */
function withTitles(flow: Flow): FlowDefinition {
  const titles = Object.fromEntries(
    Object.values(flow.triggers).flatMap((trigger) => titlesIn(JSON.stringify(trigger))),
  );
  const text = JSON.stringify(flow).replaceAll(
    /triggerBody\(\)\?\['(text\w*)'\]/g,
    (_, name: string) => `triggerBody()?['${titles[name] ?? name}']`,
  );
  return JSON.parse(text) as FlowDefinition;
}

const titlesIn = (trigger: string): [string, string][] =>
  [...trigger.matchAll(/"(text\w*)":\{"title":"([^"]+)"/g)].map(([, name = '', title = '']) => [
    name,
    title,
  ]);

const pictureOf = (flow: Flow): [string, string] => [
  `docs/images/flow-${flow.title.toLowerCase().replaceAll(' ', '-')}.svg`,
  flowPicture(withTitles(flow)),
];

/** Every picture of a flow, by its path in the project: each sample's definition and paste file has one beside it. */
export function flowPictures(): ReadonlyMap<string, string> {
  const files = readdirSync(join(projectFolder(), samples), { recursive: true, encoding: 'utf8' });
  return new Map([
    ...flows.map(pictureOf),
    ...files
      .filter((file) => file.endsWith('.json'))
      .toSorted()
      .map((file): [string, string] => [
        `${samples}/${file.replaceAll('\\', '/').replace(/json$/, 'svg')}`,
        flowPicture(read(file)),
      ]),
  ]);
}

const read = (file: string): FlowDefinition | PastedAction =>
  JSON.parse(readFileSync(join(projectFolder(), samples, file), 'utf8')) as
    FlowDefinition | PastedAction;
