// Draws the workbook from the logs of a local run, with the same titles, charts and questions as in
// infra/modules/workbook.json, whose queries only Azure can run. `npm run pictures` runs it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tile } from './charts.mjs';
import { sampleRun } from './sample-run.mjs';
import { picture, root, save, text } from './svg.mjs';
import { tiles } from './workbook-tiles.mjs';

const [width, height, gap] = [480, 200, 12];
const head = 52;

const { items } = JSON.parse(readFileSync(join(root, 'infra/modules/workbook.json'), 'utf8'));
const contents = items.map(({ content }) => content).filter(({ query }) => query !== undefined);
const strangers = contents.filter(({ title }) => tiles[title] === undefined);
if (strangers.length > 0) throw new Error(`How ${strangers[0].title} is drawn is not known.`);

const run = { lines: await sampleRun(), bins: 20 };
const seconds = Math.round((run.lines.at(-1).timestamp - run.lines[0].timestamp) / 1000);
const drawn = contents.flatMap((content, place) =>
  tile(content, tiles[content.title](run), {
    x: gap + (place % 2) * (width + gap),
    y: head + Math.floor(place / 2) * (height + gap),
    width,
    height,
  }),
);
save(
  'workbook.svg',
  picture(2 * width + 3 * gap, head + Math.ceil(contents.length / 2) * (height + gap), [
    text([gap, 24], 'Convoke', 'title'),
    text(
      [gap, 42],
      `Drawn from what the app logged in ${seconds} seconds against the simulated Microsoft Graph; Azure shows a day.`,
      'small',
    ),
    ...drawn,
  ]),
);
