/** A schema of the connector, as far as titles go. */
interface Titled {
  readonly 'x-ms-summary'?: string;
  readonly type?: unknown;
  readonly items?: Titled;
  readonly properties?: Readonly<Record<string, Titled>>;
}

/** A property: its place, and the titles on the way to it, its own last. */
interface Trail {
  readonly place: string;
  readonly titles: readonly string[];
}

/**
 * The same schema, with titles that makers can tell apart: a list of dynamic content shows nothing else. Where several properties
 * have one title, those inside of others take the title of the outer one too: `Organizer ID`, `Meeting ID`.
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

/** What is inside of a list belongs to one of its members. */
const each = ({ type }: Titled, title: string): string =>
  type === 'array' ? title.replace(/s$/, '') : title;

/** By place. Titles grow by an outer one as long as there are two of a kind. */
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
