/** The parts of a connector schema that matter for titles. */
interface Titled {
  readonly 'x-ms-summary'?: string;
  readonly type?: unknown;
  readonly items?: Titled;
  readonly properties?: Readonly<Record<string, Titled>>;
}

/** A property: its path, and the titles along that path, its own last. */
interface Trail {
  readonly place: string;
  readonly titles: readonly string[];
}

/**
 * The schema with unique titles, because a list of dynamic content shows nothing else. If several properties have the
 * same title, nested ones are prefixed with the title of the outer one: `Organizer ID`, `Meeting ID`.
 */
export function withUniqueTitles(schema: object): object {
  const titles = uniqueTitles(trailsOf(schema, { place: '', titles: [] }));
  return renamed(schema, '', titles);
}

function trailsOf({ items, properties = {} }: Titled, outer: Trail): Trail[] {
  if (items !== undefined) return trailsOf(items, outer);
  return Object.entries(properties).flatMap(([name, inner]) => {
    const title = inner['x-ms-summary'] ?? name;
    const trail = { place: `${outer.place}.${name}`, titles: [...outer.titles, title] };
    return [trail, ...trailsOf(inner, { ...trail, titles: [...outer.titles, each(inner, title)] })];
  });
}

/** The title for the members of a list. */
const each = ({ type }: Titled, title: string): string =>
  type === 'array' ? title.replace(/s$/, '') : title;

/** Unique titles by path. Prefixes outer titles until no two are equal. */
function uniqueTitles(trails: readonly Trail[]): ReadonlyMap<string, string> {
  const lengths = new Map(trails.map(({ place }) => [place, 1]));
  const titleOf = ({ place, titles }: Trail): string =>
    titles.slice(-(lengths.get(place) ?? 1)).join(' ');
  for (;;) {
    const groups = [...Map.groupBy(trails, titleOf).values()].filter(({ length }) => length > 1);
    const growing = groups
      .flat()
      .filter(({ place, titles }) => (lengths.get(place) ?? 1) < titles.length);
    if (growing.length === 0) return new Map(trails.map((trail) => [trail.place, titleOf(trail)]));
    for (const { place } of growing) lengths.set(place, (lengths.get(place) ?? 1) + 1);
  }
}

function renamed(schema: Titled, place: string, titles: ReadonlyMap<string, string>): object {
  const { items, properties } = schema;
  const title = titles.get(place);
  return {
    ...schema,
    ...(title !== undefined && { 'x-ms-summary': title }),
    ...(items !== undefined && { items: renamed(items, place, titles) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [
          name,
          renamed(inner, `${place}.${name}`, titles),
        ]),
      ),
    }),
  };
}
