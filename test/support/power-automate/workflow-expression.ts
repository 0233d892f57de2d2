/** A parsed expression of the workflow definition language. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'member';
      readonly of: Expression;
      readonly key: Expression;
      readonly safe: boolean;
    };

/** A string of a definition: text, an expression, or text with expressions in it. */
export type Template =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'mixed'; readonly parts: readonly (string | Expression)[] };

const token = /\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(\?\[|\?\.|[()[\],.]))/y;
const words = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

interface Token {
  readonly text: string;
  readonly kind: 'string' | 'number' | 'name' | 'sign';
}

/** Reads one expression by recursive descent: https://learn.microsoft.com/azure/logic-apps/workflow-definition-language-schema */
class Parser {
  readonly #source: string;
  #at: number;
  #next: Token | undefined;

  constructor(source: string, at = 0) {
    this.#source = source;
    this.#at = at;
    this.#next = this.#read();
  }

  /** Where the expression has ended. */
  get end(): number {
    return this.#at - (this.#next?.text.length ?? 0);
  }

  whole(): Expression {
    const expression = this.expression();
    if (this.#next !== undefined || this.#source.slice(this.#at).trim() !== '')
      this.#fail('the end');
    return expression;
  }

  expression(): Expression {
    let expression = this.#primary();
    for (;;) {
      const sign = this.#next?.text;
      if (sign === '[' || sign === '?[') {
        this.#take();
        const key = this.expression();
        this.#expect(']');
        expression = { kind: 'member', of: expression, key, safe: sign === '?[' };
      } else if (sign === '.' || sign === '?.') {
        this.#take();
        const { kind, text } = this.#take();
        if (kind !== 'name') this.#fail('a name');
        expression = {
          kind: 'member',
          of: expression,
          key: { kind: 'literal', value: text },
          safe: sign === '?.',
        };
      } else return expression;
    }
  }

  #primary(): Expression {
    const { kind, text } = this.#take();
    if (kind === 'string')
      return { kind: 'literal', value: text.slice(1, -1).replaceAll("''", "'") };
    if (kind === 'number') return { kind: 'literal', value: Number(text) };
    if (kind !== 'name') this.#fail('a value');
    const word = words.get(text);
    if (word !== undefined && this.#next?.text !== '(') return { kind: 'literal', value: word };
    this.#expect('(');
    return { kind: 'call', name: text, args: this.#args() };
  }

  #args(): Expression[] {
    const args: Expression[] = [];
    if (this.#next?.text !== ')') {
      args.push(this.expression());
      while (this.#next?.text === ',') {
        this.#take();
        args.push(this.expression());
      }
    }
    this.#expect(')');
    return args;
  }

  #take(): Token {
    const taken = this.#next ?? this.#fail('more');
    this.#next = this.#read();
    return taken;
  }

  #expect(sign: string): void {
    if (this.#next?.text !== sign) this.#fail(sign);
    this.#take();
  }

  #read(): Token | undefined {
    token.lastIndex = this.#at;
    const found = token.exec(this.#source);
    if (found === null) return undefined;
    this.#at = token.lastIndex;
    const [, string, number, name, sign] = found;
    if (string !== undefined) return { kind: 'string', text: string };
    if (number !== undefined) return { kind: 'number', text: number };
    return name === undefined ? { kind: 'sign', text: sign ?? '' } : { kind: 'name', text: name };
  }

  #fail(wanted: string): never {
    throw new SyntaxError(`${wanted} was expected at ${this.end} in: ${this.#source}`);
  }
}

/** @throws SyntaxError when an expression in the text is none. */
export function parseTemplate(text: string): Template {
  if (text.startsWith('@@')) return { kind: 'text', text: text.slice(1) };
  if (text.startsWith('@') && !text.startsWith('@{')) {
    return { kind: 'expression', expression: new Parser(text.slice(1)).whole() };
  }
  return parseMixed(text);
}

function parseMixed(text: string): Template {
  const parts: (string | Expression)[] = [];
  let at = 0;
  for (let start = text.indexOf('@{'); start >= 0; start = text.indexOf('@{', at)) {
    if (start > at) parts.push(text.slice(at, start));
    const parser = new Parser(text, start + 2);
    parts.push(parser.expression());
    const end = text.indexOf('}', parser.end);
    if (end < 0 || text.slice(parser.end, end).trim() !== '')
      throw new SyntaxError(`} was expected in: ${text}`);
    at = end + 1;
  }
  if (parts.length === 0) return { kind: 'text', text };
  if (at < text.length) parts.push(text.slice(at));
  return { kind: 'mixed', parts };
}

/** Every expression inside a template. */
export function expressionsIn(template: Template): readonly Expression[] {
  if (template.kind === 'text') return [];
  if (template.kind === 'expression') return [template.expression];
  return template.parts.filter((part) => typeof part !== 'string');
}

/** Every call inside an expression, itself included. */
export function callsIn(expression: Expression): readonly Extract<Expression, { kind: 'call' }>[] {
  if (expression.kind === 'literal') return [];
  if (expression.kind === 'member') return [...callsIn(expression.of), ...callsIn(expression.key)];
  return [expression, ...expression.args.flatMap(callsIn)];
}

export type Functions = Readonly<Record<string, (...args: readonly never[]) => unknown>>;

/** The value of an expression. @throws Error for functions that are not there, and for members of nothing. */
export function evaluate(expression: Expression, functions: Functions): unknown {
  if (expression.kind === 'literal') return expression.value;
  if (expression.kind === 'call') {
    const call = functions[expression.name];
    if (call === undefined) throw new Error(`There is no function ${expression.name}.`);
    return call(...(expression.args.map((argument) => evaluate(argument, functions)) as never[]));
  }
  const of = evaluate(expression.of, functions);
  const key = String(evaluate(expression.key, functions));
  if (typeof of === 'object' && of !== null && Object.hasOwn(of, key))
    return (of as Record<string, unknown>)[key];
  if (expression.safe) return null;
  throw new Error(`There is no ${key}.`);
}

/** As flows write a value into a text. */
export const toText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Returns the value of a string: of its only expression as it is, else as one text. */
export function evaluateTemplate(text: string, functions: Functions): unknown {
  const template = parseTemplate(text);
  if (template.kind === 'text') return template.text;
  if (template.kind === 'expression') return evaluate(template.expression, functions);
  return template.parts
    .map((part) => (typeof part === 'string' ? part : toText(evaluate(part, functions))))
    .join('');
}
