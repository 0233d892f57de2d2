// Draws the mail of the alert "failed" from the rule that infra/modules/alerts.bicep deploys, as the compiler predicts it:
// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema. `npm run pictures` runs it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { picture, root, save, text } from './svg.mjs';

const resources = JSON.parse(readFileSync(join(root, 'infra/snapshots/everything.json'), 'utf8'));
const rule = resources.find(({ name }) => name === 'alert-convoke-failed');
const { name, properties } = rule;
const [criterion] = properties.criteria.allOf;
/** Values that exist only when the alert fires. */
const fired = {
  dimensions: { code: 'accessPolicyMissing' },
  results: 3,
  at: 'January 15, 2030 14:45 UTC',
};

const [description, runbook] = properties.description.split(/ (?=What to do: )/);
const rows = [
  ['Rule', properties.displayName],
  ['Severity', `Sev${properties.severity}`],
  ['Monitor condition', 'Fired'],
  ['Fired', fired.at],
  ['Signal type', 'Log'],
  ['Window', `${properties.windowSize}, looked at every ${properties.evaluationFrequency}`],
  ['Description', description],
  ['', runbook, 'link'],
  ...criterion.dimensions.map((dimension) => [
    `Dimension ${dimension.name}`,
    fired.dimensions[dimension.name],
  ]),
  [
    'Number of results',
    `${fired.results} (threshold: ${criterion.operator} ${criterion.threshold})`,
  ],
  ['Search results', 'View the requests in Log Analytics', 'link'],
];

const [width, line, margin] = [860, 24, 20];
save(
  'alert.svg',
  picture(width, 84 + rows.length * line, [
    `<rect x="10" y="10" width="${width - 20}" height="${64 + rows.length * line}" rx="4" class="tile"/>`,
    text([margin, 36], `Fired: Sev${properties.severity} Azure Monitor alert ${name}`, 'title'),
    ...rows.flatMap(([label, value, kind], place) => [
      text([margin, 66 + place * line], label, 'small'),
      text([margin + 140, 66 + place * line], value, kind),
    ]),
  ]),
);
