import { callsIn, expressionsIn, parseTemplate, type Expression } from './workflow-expression';

export interface WorkflowAction {
  readonly type: string;
  readonly runAfter?: Readonly<Record<string, readonly string[]>>;
  readonly inputs?: unknown;
  readonly actions?: Actions;
  readonly else?: { readonly actions: Actions };
  readonly foreach?: string;
  readonly expression?: unknown;
  /** The limit of an Until. */
  readonly limit?: { readonly count: number };
}

export type Actions = Readonly<Record<string, WorkflowAction>>;

export interface WorkflowDefinition {
  readonly $schema: string;
  readonly contentVersion: string;
  readonly parameters: Readonly<Record<string, { readonly type: string }>>;
  readonly triggers: Readonly<Record<string, { readonly type: string; readonly inputs?: unknown }>>;
  readonly actions: Actions;
}

/** Where the name in a call must be that of something in the definition. */
const actionFunctions = new Set(['body', 'outputs', 'actions', 'result']);

interface Scope {
  /** Actions that have run for certain, or may have, when this one begins. */
  readonly before: ReadonlySet<string>;
  readonly loops: ReadonlySet<string>;
}

/** The structural problems of a definition, in words. */
export function problemsOf(definition: WorkflowDefinition): string[] {
  const names = namesIn(definition.actions);
  const parameters = new Set(Object.keys(definition.parameters));
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  return [
    ...(definition.$schema.endsWith('/2016-06-01/workflowdefinition.json#')
      ? []
      : ['The schema is another one.']),
    ...(Object.keys(definition.triggers).length === 1 ? [] : ['There must be one trigger.']),
    ...twice.map((name) => `${name} is there twice.`),
    ...problemsInValue(definition.triggers, 'triggers', {
      before: new Set(),
      loops: new Set(),
      parameters,
    }),
    ...problemsInActions(definition.actions, { before: new Set(), loops: new Set() }, parameters),
  ];
}

const namesIn = (actions: Actions): string[] =>
  Object.entries(actions).flatMap(([name, action]) => [
    name,
    ...namesIn(action.actions ?? {}),
    ...namesIn(action.else?.actions ?? {}),
  ]);

function problemsInActions(
  actions: Actions,
  scope: Scope,
  parameters: ReadonlySet<string>,
): string[] {
  const order = inOrder(actions);
  if (order === undefined)
    return [`runAfter goes in a circle, or nowhere: ${Object.keys(actions).join(', ')}.`];
  return order.flatMap((name) => {
    const action = actions[name];
    if (action === undefined) return [];
    const before = new Set([...scope.before, ...ancestorsOf(name, actions)]);
    const loops = new Set([...scope.loops, ...(action.foreach === undefined ? [] : [name])]);
    const { actions: inner = {}, else: other, runAfter: _, ...own } = action;
    return [
      ...problemsInValue(own, name, { before, loops, parameters }),
      ...problemsInActions(inner, { before, loops }, parameters),
      ...problemsInActions(other?.actions ?? {}, { before, loops }, parameters),
    ];
  });
}

/** Names in an order in which each comes after those it runs after; undefined when there is none. */
export function inOrder(actions: Actions): string[] | undefined {
  const order: string[] = [];
  const left = new Set(Object.keys(actions));
  while (left.size > 0) {
    const ready = [...left].filter((name) =>
      Object.keys(actions[name]?.runAfter ?? {}).every((after) => order.includes(after)),
    );
    if (ready.length === 0) return undefined;
    for (const name of ready) left.delete(name);
    order.push(...ready);
  }
  return order;
}

/** The actions that have run before an action, including nested ones. */
function ancestorsOf(name: string, actions: Actions): string[] {
  return Object.keys(actions[name]?.runAfter ?? {}).flatMap((after) => [
    after,
    ...namesIn(actions[after]?.actions ?? {}),
    ...namesIn(actions[after]?.else?.actions ?? {}),
    ...ancestorsOf(after, actions),
  ]);
}

type Known = Scope & { readonly parameters: ReadonlySet<string> };

function problemsInValue(value: unknown, where: string, known: Known): string[] {
  if (typeof value === 'string') return problemsInText(value, where, known);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner) => problemsInValue(inner, where, known));
}

function problemsInText(text: string, where: string, known: Known): string[] {
  try {
    return expressionsIn(parseTemplate(text)).flatMap((expression) =>
      problemsInExpression(expression, where, known),
    );
  } catch (error) {
    return [`${where}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

const problemsInExpression = (expression: Expression, where: string, known: Known): string[] =>
  callsIn(expression).flatMap(({ name, args: [first] }) => {
    const meant = first?.kind === 'literal' ? String(first.value) : undefined;
    if (name === 'parameters')
      return known.parameters.has(meant ?? '') ? [] : [`${where}: there is no parameter ${meant}.`];
    if (name === 'items')
      return known.loops.has(meant ?? '') ? [] : [`${where} is not inside of ${meant}.`];
    if (actionFunctions.has(name))
      return known.before.has(meant ?? '') ? [] : [`${where} does not run after ${meant}.`];
    return [];
  });

/** Connections that a definition uses. */
export const connectionsIn = (definition: WorkflowDefinition): string[] => [
  ...new Set(
    [...JSON.stringify(definition).matchAll(/\$connections'\)\['(\w+)'\]/g)].map(
      ([, name]) => name ?? '',
    ),
  ),
];

/** Functions that a definition calls. */
export function functionsIn(value: unknown): string[] {
  if (typeof value === 'string')
    return expressionsIn(parseTemplate(value))
      .flatMap(callsIn)
      .map(({ name }) => name);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(functionsIn);
}
