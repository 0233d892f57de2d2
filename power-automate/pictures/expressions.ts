import { isObject } from './flow-definition';

/** A value as a field of a designer shows it: an expression without its `@`, and dynamic content by its name. */
export function shown(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (value.startsWith('@{') || !value.startsWith('@'))
    return value.replaceAll(/@\{([^}]*)\}/g, (_, inner: string) => dynamicContent(inner));
  return dynamicContent(value.slice(1));
}

const takers = 'body|outputs|triggerBody|triggerOutputs|item|items|parameters';
const token = new RegExp(`^(${takers})\\((?:'([^']+)')?\\)((?:\\?\\['[^']+'\\])*)$`);

/**
 * `item()?['Key']` stands in a designer as the token _Key_, and the field of a step with the step's name. Other
 * expressions are shown unchanged.
 */
function dynamicContent(expression: string): string {
  const call = token.exec(expression);
  if (call === null) return expression;
  const [, taker = '', name = '', path = ''] = call;
  const field = path
    .match(/[^'[\]?]+/g)
    ?.at(-1)
    ?.split('/')
    .at(-1);
  const parts = [taker === 'body' || taker === 'outputs' ? words(name) : '', field ?? ''];
  return `‹${parts.filter(Boolean).join(' › ') || words(name) || 'Current item'}›`;
}

/** Names of actions are shown without underscores. */
export const words = (name: string): string => name.replaceAll('_', ' ');

const comparisons: Readonly<Record<string, readonly [string, string]>> = {
  equals: ['is equal to', 'is not equal to'],
  greater: ['is greater than', 'is not greater than'],
  less: ['is less than', 'is not less than'],
};

/** A condition in the designer's words. @throws Error for an unknown comparison. */
export function condition(expression: unknown, negated = false): string {
  const [first] = isObject(expression) ? Object.entries(expression) : [];
  const [name, operands] = first ?? ['', undefined];
  if (name === 'not') return condition(operands, !negated);
  if ((name === 'and' || name === 'or') && Array.isArray(operands))
    return operands.map((operand) => condition(operand, negated)).join(` ${name} `);
  const said = comparisons[name];
  if (said === undefined || !Array.isArray(operands))
    throw new Error(`A condition is not known: ${JSON.stringify(expression)}`);
  return [shown(operands[0]), negated ? said[1] : said[0], shown(operands[1])].join(' ');
}
