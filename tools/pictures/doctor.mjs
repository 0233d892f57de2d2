// Draws the doctor's report for an organizer without a policy, as in a terminal. `npm run pictures` runs it.
import { createRequire } from 'node:module';
import { escape, save } from './svg.mjs';

const require = createRequire(import.meta.url);
const { ask, doctorUrl } = require('../../dist/local/doctor/ask.js');
const { reportTable } = require('../../dist/local/doctor/report-table.js');
const { Stack } = require('../../dist/local/stack.js');

const organizer = 'no-policy@contoso.com';
/** Sizes in pixels. */
const [lineHeight, charWidth, margin] = [18, 7.83, 16];
const width = 110;
const colours = { '✓': '#7ee787', '✗': '#ff7b72', '?': '#e3b341' };

const stack = await Stack.start();
try {
  const report = await ask(doctorUrl(stack.url, organizer, false), '');
  // Commands for copying are longer than a picture is wide.
  const lines = reportTable(report, { width, colours: false })
    .trimEnd()
    .split('\n')
    .map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
  save('doctor.svg', draw([`$ npx convoke doctor ${organizer}`, '', ...lines]));
} finally {
  await stack.close();
}

function draw(lines) {
  const [w, h] = [width * charWidth + 2 * margin, lines.length * lineHeight + 2 * margin];
  const rows = lines.map((line, row) => {
    const colour = colours[line[0]] ?? '#e6edf3';
    const y = margin + row * lineHeight + 13;
    return `<text x="${margin}" y="${y}" fill="${colour}" xml:space="preserve">${escape(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13">
<rect width="100%" height="100%" rx="6" fill="#0d1117"/>
${rows.join('\n')}
</svg>
`;
}
