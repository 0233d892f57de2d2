import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ofType, root } from './predictions';

interface Criterion {
  readonly query: string;
  readonly dimensions: readonly { readonly name: string }[];
}

const alerts = ofType('plain', 'Microsoft.Insights/scheduledQueryRules').map(
  ({ name, properties }) => {
    const { criteria } = properties as { criteria: { allOf: readonly [Criterion] } };
    const [{ query, dimensions }] = criteria.allOf;
    return {
      name: name.replace('alert-convoke-', ''),
      query,
      columns: dimensions.map((each) => each.name),
    };
  },
);

describe('an alert', () => {
  test('names the code or the queue that it is about', () => {
    expect(Object.fromEntries(alerts.map(({ name, columns }) => [name, columns]))).toEqual({
      failed: ['code'],
      unknown: ['code'],
      poison: ['queue'],
      'put-back': ['code'],
      'oldest-message': ['queue'],
      'oldest-request': ['code'],
      throttling: [],
      'not-started': [],
      silent: [],
    });
  });

  test.each(alerts)('$name is split by columns of its query', ({ query, columns }) => {
    const last = query.match(/\| (?:project|summarize) [^|]*/g)?.at(-1) ?? '';
    expect(
      columns.filter(
        (column) => !last.includes(`${column} = tostring(`) && !last.includes(`project ${column},`),
      ),
    ).toEqual([]);
  });
});

describe('the pictures in the documentation (npm run pictures)', () => {
  const textsIn = (name: string): string[] =>
    [
      ...readFileSync(join(root, 'docs/images', name), 'utf8').matchAll(/<text [^>]*>([^<]*)</g),
    ].map(([, text = '']) => text);

  test('of the alert says what the rule says', () => {
    const rules = ofType('everything', 'Microsoft.Insights/scheduledQueryRules');
    const [rule] = rules.filter(({ name }) => name === 'alert-convoke-failed');
    const { displayName, description, severity } = (rule?.['properties'] ?? {}) as Record<
      string,
      string
    >;
    const shown = textsIn('alert.svg');
    expect(shown).toEqual(
      expect.arrayContaining([displayName, `Sev${severity}`, 'Dimension code']),
    );
    expect(shown.filter((text) => text !== '').join(' ')).toContain(description);
  });

  test('of the workbook has its tiles, in their order', () => {
    const { items } = JSON.parse(
      readFileSync(join(root, 'infra/modules/workbook.json'), 'utf8'),
    ) as { readonly items: readonly { readonly content: { readonly title?: string } }[] };
    const titles = items.flatMap(({ content }) => content.title ?? []);
    expect(titles.length).toBeGreaterThan(5);
    expect(textsIn('workbook.svg').filter((text) => titles.includes(text))).toEqual(titles);
  });
});
