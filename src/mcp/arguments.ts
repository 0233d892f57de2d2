import type * as z from 'zod';
import { invalidRequest } from '../errors/invalid-request';
import {
  describeValue,
  didYouMean,
  nearestName,
  Problems,
  propertyPath,
  shorten,
} from '../errors/problems';
import { writableProperties } from '../requests/online-meeting';

/**
 * The arguments of a call, as its tool takes them.
 * @throws MeetingError `invalidRequest` with every argument that is unknown, missing or wrong.
 */
export function readArguments<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  given: unknown,
): z.output<z.ZodObject<Shape>> {
  const parsed = schema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = new Problems();
  for (const issue of parsed.error.issues) addProblems(issue, Object.keys(schema.shape), problems);
  throw invalidRequest('The arguments are not valid.', problems.list());
}

function addProblems(issue: z.core.$ZodIssue, known: readonly string[], problems: Problems): void {
  const target = pathOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    for (const name of issue.keys)
      problems.add('unknownProperty', propertyPath(target, name), unknownArgument(name, known));
  else if (issue.input === undefined) problems.add('missing', target, 'This argument is required.');
  else if (issue.code === 'invalid_type')
    problems.add('wrongType', target, expected(issue.expected, issue.input));
  else problems.add('outOfRange', target, outOfRange(issue));
}

function outOfRange(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'too_small') return `${issue.message}.`;
  return issue.origin === 'array'
    ? 'The list is empty.'
    : `Expected at least ${issue.minimum}, got ${describeValue(issue.input)}.`;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const expected = (type: string, value: unknown): string =>
  `Expected ${typeWords[type] ?? type}, got ${describeValue(value)}.`;

/** `attendees[0]` */
const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (parent, part) =>
      typeof part === 'number' ? `${parent}[${part}]` : propertyPath(parent, String(part)),
    '',
  );

/** Arguments whose names in Graph are other words. */
export const argumentOf: Readonly<Record<string, string>> = {
  subject: 'subject',
  startDateTime: 'start',
  endDateTime: 'end',
  participants: 'attendees',
};

function unknownArgument(name: string, known: readonly string[]): string {
  return `The argument "${shorten(name)}" does not exist here.${didYouMean(meantBy(name, known))}`;
}

/** An argument, or a property of a meeting, which belongs into `options`. */
function meantBy(name: string, known: readonly string[]): string | undefined {
  const argument = nearestName(name, known);
  if (argument !== undefined || !known.includes('options')) return argument;
  const property = nearestName(name, writableProperties);
  return property === undefined ? undefined : (argumentOf[property] ?? `options.${property}`);
}
