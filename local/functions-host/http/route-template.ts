import { makeConstraint, type Constraint } from './route-constraints';
import { decodeOrKeep } from './target';

/** The decoded values of a route's parameters, by name. */
export type RouteValues = Readonly<Record<string, string>>;

interface Parameter {
  readonly name: string;
  readonly constraints: readonly Constraint[];
  readonly optional: boolean;
  readonly catchAll: boolean;
  readonly defaultValue: string | undefined;
}

type Part = { readonly literal: string } | { readonly parameter: Parameter };

/** A segment is a lone parameter, or a pattern of literals and parameters such as `{name}.csv`. */
type Segment =
  | { readonly parameter: Parameter }
  | { readonly pattern: RegExp; readonly parameters: readonly Parameter[] };

/**
 * A route template as ASP.NET Core's classic router reads it: literals in any case, `{p}`, `{p?}`, `{p=default}`,
 * `{p:constraint(argument)}`, `{*rest}`. Routes are matched one by one, so there is no "most specific" one.
 */
export class RouteTemplate {
  readonly #segments: readonly Segment[];

  constructor(template: string) {
    this.#segments = splitSegments(template).map(parseSegment);
  }

  /** Values of the parameters if the path (still percent-encoded) matches, else undefined. */
  match(path: string): RouteValues | undefined {
    const given = path.replace(/^\/|\/$/g, '').split('/');
    const parts = given.length === 1 && given[0] === '' ? [] : given.map(decodeSegment);
    const values: Record<string, string> = {};
    for (const [index, segment] of this.#segments.entries()) {
      if ('parameter' in segment && segment.parameter.catchAll) {
        return assign(values, segment.parameter, parts.slice(index).join('/')) ? values : undefined;
      }
      if (!matchSegment(segment, parts[index] ?? '', values)) return undefined;
    }
    return parts.length > this.#segments.length ? undefined : values;
  }
}

function matchSegment(segment: Segment, text: string, values: Record<string, string>): boolean {
  if ('parameter' in segment) return assign(values, segment.parameter, text);
  const found = segment.pattern.exec(text);
  if (found === null) return false;
  return segment.parameters.every((parameter, index) =>
    assign(values, parameter, found[index + 1] ?? ''),
  );
}

function assign(values: Record<string, string>, parameter: Parameter, text: string): boolean {
  const value = text === '' ? parameter.defaultValue : text;
  if (value === undefined) return parameter.optional || parameter.catchAll;
  if (!parameter.constraints.every((accepts) => accepts(value))) return false;
  values[parameter.name] = value;
  return true;
}

/** An encoded slash is no separator and stays encoded, as in the real server. */
function decodeSegment(segment: string): string {
  return segment
    .split(/(%2f)/i)
    .map((piece) => (/^%2f$/i.test(piece) ? piece : decodeOrKeep(piece)))
    .join('');
}

const braced = String.raw`\{(?:[^{}]|\{\{|\}\})*\}`;

function splitSegments(template: string): string[] {
  const trimmed = template.replace(/^\/|\/$/g, '');
  const segments = trimmed.match(new RegExp(`(?:${braced}|[^/{}])+`, 'g')) ?? [];
  if (segments.join('/') !== trimmed) throw new Error(`The route "${template}" is not valid.`);
  return segments;
}

function parseSegment(segment: string): Segment {
  const parts = (segment.match(new RegExp(`${braced}|[^{}]+`, 'g')) ?? []).map(parsePart);
  const [first] = parts;
  if (parts.length === 1 && first !== undefined && 'parameter' in first) return first;
  const source = parts.map((part) =>
    'literal' in part ? escapePattern(part.literal) : part.parameter.optional ? '(.*)' : '(.+)',
  );
  return {
    pattern: new RegExp(`^${source.join('')}$`, 'i'),
    parameters: parts.flatMap((part) => ('parameter' in part ? [part.parameter] : [])),
  };
}

function escapePattern(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function parsePart(text: string): Part {
  if (!text.startsWith('{')) return { literal: text };
  // Inside a parameter, the braces of a regular expression are doubled.
  const body = text.slice(1, -1).replaceAll('{{', '{').replaceAll('}}', '}');
  const parts = /^(\*{0,2})([^:=?*]+)((?::[a-z]+(?:\(.*?\)(?=[:=?]|$))?)*)(\?|=.*)?$/i.exec(body);
  if (parts === null) throw new Error(`The route parameter "${text}" is not valid.`);
  const [, stars = '', name = '', constraints = '', ending = ''] = parts;
  return {
    parameter: {
      name,
      constraints: parseConstraints(constraints),
      optional: ending === '?',
      catchAll: stars !== '',
      defaultValue: ending.startsWith('=') ? ending.slice(1) : undefined,
    },
  };
}

function parseConstraints(text: string): Constraint[] {
  const each = /:([a-z]+)(?:\((.*?)\)(?=[:=?]|$))?/gi;
  return [...text.matchAll(each)].map(([, name = '', argument = '']) =>
    makeConstraint(name, argument),
  );
}
