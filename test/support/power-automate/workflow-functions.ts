import { toText, type Functions } from './workflow-expression';

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Excel's day zero, which expressions count from too. */
const utc = (text: string): Date =>
  new Date(
    /Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text.length === 10 ? `${text}T00:00:00` : text}Z`,
  );

/** The functions of the workflow language that need nothing of the run: https://learn.microsoft.com/azure/logic-apps/workflow-definition-language-functions-reference */
export const plainFunctions: Functions = {
  string: (value: unknown) => toText(value),
  json: (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
  base64: (value: unknown) => Buffer.from(toText(value)).toString('base64'),
  base64ToString: (value: string) => Buffer.from(value, 'base64').toString('utf8'),
  concat: (...values: unknown[]) => values.map(toText).join(''),
  join: (values: readonly unknown[], by: string) => values.map(toText).join(by),
  split: (text: string, by: string) => text.split(by),
  substring: (text: string, from: number, length?: number) =>
    text.substring(from, length === undefined ? undefined : from + length),
  encodeURIComponent: (value: unknown) => encodeURIComponent(toText(value)),
  and: (...values: unknown[]) => values.every((value) => value === true),
  or: (...values: unknown[]) => values.some((value) => value === true),
  not: (value: unknown) => value !== true,
  equals: (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other),
  greater: (one: number, other: number) => one > other,
  greaterOrEquals: (one: number, other: number) => one >= other,
  if: (test: unknown, yes: unknown, no: unknown) => (test === true ? yes : no),
  empty: isEmpty,
  coalesce: (...values: unknown[]) =>
    values.find((value) => value !== null && value !== undefined) ?? null,
  length: (value: string | readonly unknown[]) => value.length,
  first: (value: string | readonly unknown[]) => value[0] ?? null,
  take: (value: readonly unknown[], count: number) => value.slice(0, count),
  chunk: (value: readonly unknown[], size: number) =>
    Array.from({ length: Math.ceil(value.length / size) }, (_, index) =>
      value.slice(index * size, (index + 1) * size),
    ),
  int: (value: unknown) => Math.trunc(Number(value)),
  float: (value: unknown) => Number(value),
  add: (one: number, other: number) => one + other,
  replace: (text: string, from: string, to: string) => text.replaceAll(from, to),
  toLower: (text: string) => text.toLowerCase(),
  mul: (one: number, other: number) => one * other,
  formatNumber: (value: number) => String(Math.round(value)),
  addSeconds: (text: string, seconds: number) =>
    new Date(utc(text).getTime() + seconds * 1000).toISOString(),
  addDays: (text: string, days: number) =>
    new Date(utc(text).getTime() + days * 86_400_000).toISOString(),
};
