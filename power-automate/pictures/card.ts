import { callOf, every } from './call';
import { shown, words } from './expressions';
import { isObject, type Step, type Steps } from './flow-definition';

export interface Card {
  /** The name of the action, which other actions use. */
  readonly title: string;
  readonly operation: string;
  readonly colour: string;
  readonly fields: readonly Field[];
  readonly branches: readonly { readonly title?: string; readonly steps: Steps }[];
}

type Field = readonly [name: string, value: string];

/** A step as a designer shows it. @throws Error for a step that no sample has. */
export function cardOf(name: string, step: Step): Card {
  const { operation, colour, fields } = callOf(step);
  return {
    title: words(name),
    operation,
    colour,
    fields: [
      ...conditionsOf(step.runAfter),
      ...fields.flatMap(([field, value]) => flat(field, value)),
      ...settingsOf(step),
    ],
    branches: branchesOf(step),
  };
}

/** A nested field is named by both names. */
function flat(name: string, value: unknown): Field[] {
  if (value === undefined) return [];
  if (!isObject(value)) return [[name, shown(value)]];
  return Object.entries(value).flatMap(([inner, part]) =>
    flat(name === '' ? inner : `${name} › ${inner}`, part),
  );
}

const statuses: Readonly<Record<string, string>> = {
  Succeeded: 'is successful',
  Failed: 'has failed',
  TimedOut: 'has timed out',
  Skipped: 'is skipped',
};

/** The conditions other than the default, which is success of the previous step. */
const conditionsOf = (runAfter: Step['runAfter'] = {}): Field[] =>
  Object.entries(runAfter)
    .filter(([, after]) => after.join() !== 'Succeeded')
    .map(([name, after]) => [
      'Run after',
      `${words(name)}: ${after.map((status) => statuses[status] ?? status).join(', ')}`,
    ]);

function settingsOf({ splitOn, recurrence, type, runtimeConfiguration = {} }: Step): Field[] {
  const { paginationPolicy, concurrency, secureData } = runtimeConfiguration;
  const settings = {
    'Check every': recurrence && type !== 'Recurrence' ? every(recurrence) : undefined,
    'Split on': splitOn,
    Pagination: paginationPolicy && `up to ${paginationPolicy.minimumItemCount}`,
    Concurrency: concurrency?.repetitions ?? concurrency?.runs,
    Secure: secureData?.properties.join(', '),
  };
  return flat('Settings', settings);
}

function branchesOf({ type, actions, else: otherwise }: Step): Card['branches'] {
  const branches = [
    { ...(type === 'If' && { title: 'True' }), steps: actions ?? {} },
    { title: 'False', steps: otherwise?.actions ?? {} },
  ];
  return branches.filter(({ steps }) => Object.keys(steps).length > 0);
}
