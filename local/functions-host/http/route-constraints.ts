/** Whether a decoded part of a path fits. */
export type Constraint = (value: string) => boolean;

const integer = /^[+-]?\d+$/;
const real = /^[+-]?(?:\d[\d,]*)?\.?\d+(?:[eE][+-]?\d+)?$/;

/**
 * The inline constraints of ASP.NET Core's routing, by name.
 * https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints
 */
const constraints: Readonly<Record<string, (argument: string) => Constraint>> = {
  int: () => (value) => integer.test(value) && inRange(BigInt(value), 31n),
  long: () => (value) => integer.test(value) && inRange(BigInt(value), 63n),
  bool: () => (value) => /^(true|false)$/i.test(value),
  guid: () => (value) =>
    /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(value),
  decimal: () => (value) => real.test(value),
  double: () => (value) => real.test(value),
  float: () => (value) => real.test(value),
  datetime: () => (value) => !Number.isNaN(Date.parse(value)),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  required: () => (value) => value !== '',
  regex: (pattern) => (value) => new RegExp(pattern, 'i').test(value),
  minlength: (limit) => (value) => value.length >= Number(limit),
  maxlength: (limit) => (value) => value.length <= Number(limit),
  length: (limits) => {
    const [min, max = min] = numbers(limits);
    return (value) => value.length >= Number(min) && value.length <= Number(max);
  },
  min: (limit) => (value) => integer.test(value) && Number(value) >= Number(limit),
  max: (limit) => (value) => integer.test(value) && Number(value) <= Number(limit),
  range: (limits) => {
    const [min, max] = numbers(limits);
    return (value) =>
      integer.test(value) && Number(value) >= Number(min) && Number(value) <= Number(max);
  },
};

/** The named constraint; throws for a name that ASP.NET Core does not know either. */
export function makeConstraint(name: string, argument: string): Constraint {
  const make = constraints[name.toLowerCase()];
  if (make === undefined) throw new Error(`The route constraint "${name}" does not exist.`);
  return make(argument);
}

function numbers(text: string): number[] {
  return text.split(',').map(Number);
}

function inRange(value: bigint, bits: bigint): boolean {
  return value >= -(2n ** bits) && value < 2n ** bits;
}
