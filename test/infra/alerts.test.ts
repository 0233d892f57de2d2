import { ofType } from './predictions';

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

  test.each(alerts)('$name is told apart by columns that its query gives', ({ query, columns }) => {
    const last = query.match(/\| (?:project|summarize) [^|]*/g)?.at(-1) ?? '';
    expect(
      columns.filter(
        (column) => !last.includes(`${column} = tostring(`) && !last.includes(`project ${column},`),
      ),
    ).toEqual([]);
  });
});
