import { schemaComponents, type JsonSchema, type SchemaName } from '../../src/openapi/components';
import { choicesOf } from './choices';
import { dynamicValues } from './dynamic-values';
import { labels, titleOf, type Label } from './labels';
import { withUniqueTitles } from './unique-titles';

/** All schemas of the API as JSON Schema. */
const components = schemaComponents();

type Schema = JsonSchema & {
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly description?: string;
};

/** Keywords of a schema that Swagger 2.0 allows and makers can use. */
const kept = [
  'type',
  'format',
  'description',
  'enum',
  'default',
  'minimum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
] as const;

/** Whether a number is a real limit; the largest safe integer is none. */
const isLimit = (value: unknown): boolean =>
  typeof value === 'number' && value < Number.MAX_SAFE_INTEGER;

const named = (reference: string): Schema => components[reference.split('/').at(-1) as SchemaName];

/** Input or output of makers. */
type Side = 'request' | 'answer';

/**
 * A schema of the API in Swagger 2.0, which has neither unions nor null. Of a union, makers get the form that is
 * easiest to fill in: text. Nullable values have `x-nullable`. Every property has a title and a description.
 */
export const swaggerOf = (name: SchemaName, side: Side, labelOf: LabelOf = () => ({})): object =>
  withUniqueTitles(convert(components[name], '', { side, labelOf }));

interface Wording {
  readonly side: Side;
  readonly labelOf: LabelOf;
}

type LabelOf = (path: string) => Label;

function convert(given: Schema, path: string, wording: Wording): object {
  const { schema, nullable } = single(given);
  const { properties, items } = schema;
  const picked = Object.fromEntries(
    kept.flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]]])),
  );
  return {
    ...picked,
    ...(wording.side === 'request' &&
      Array.isArray(schema['enum']) && { 'x-ms-enum-values': choicesOf(schema['enum']) }),
    ...(isLimit(schema['maximum']) && { maximum: schema['maximum'] }),
    ...(given.description !== undefined && { description: given.description }),
    ...(nullable && { 'x-nullable': true }),
    ...(items !== undefined && { items: convert(items, path, wording) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [
          name,
          property(inner, path === '' ? name : `${path}.${name}`, wording),
        ]),
      ),
      ...(schema.required !== undefined && { required: schema.required }),
    }),
  };
}

function property(schema: Schema, path: string, wording: Wording): object {
  const name = path.split('.').at(-1) ?? path;
  const label = { ...labels[name], ...wording.labelOf(path) };
  const { title, visibility } = label;
  const description = describe(label, schema, wording.side);
  return {
    'x-ms-summary': title ?? titleOf(name),
    ...convert(schema, path, wording),
    ...(description !== undefined && { description }),
    ...(visibility !== undefined && { 'x-ms-visibility': visibility }),
    ...(wording.side === 'request' && dynamicValues(label)),
  };
}

const describe = (label: Label, { description }: Schema, side: Side): string | undefined =>
  side === 'request'
    ? (label.description ?? description)
    : (label.answer ?? description ?? label.description);

/** One form of a union: text if it has any, else the first. */
function single(given: Schema): { readonly schema: Schema; readonly nullable: boolean } {
  if (given.$ref !== undefined) return single(named(given.$ref));
  const union = given.anyOf ?? given.oneOf;
  if (union !== undefined) {
    const forms = union.filter(({ type }) => type !== 'null');
    const form = forms.find(({ type }) => type === 'string') ?? forms[0] ?? {};
    return { schema: single(form).schema, nullable: forms.length < union.length };
  }
  if (!Array.isArray(given.type)) return { schema: given, nullable: false };
  const types = (given.type as readonly string[]).filter((type) => type !== 'null');
  const schema = { ...given, type: types[0] ?? 'string' };
  return { schema, nullable: types.length < given.type.length };
}
