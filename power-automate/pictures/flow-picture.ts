import { escapeXml } from '../definition/solution/xml';
import { column, frame, row, type Box } from './boxes';
import { cardOf, type Card } from './card';
import type { FlowDefinition, PastedAction, Step, Steps } from './flow-definition';

/** Sizes in pixels, and in characters. */
const size = { card: 560, line: 17, head: 42, names: 216, name: 30, value: 52, margin: 16 };

const style = `text{font:12px "Segoe UI",system-ui,sans-serif;fill:#242424}
.title{font-size:14px;font-weight:600}.operation,.name{fill:#616161}
.card{fill:#fff;stroke:#d1d1d1}.frame{fill:#f0f0f0;stroke:#d1d1d1}
.branch{font-weight:600;text-anchor:middle}.arrow{fill:none;stroke:#8a8886}`;

/** Draws a flow, or a scope to paste, as cards of a designer, from its definition alone. */
export function flowPicture(definition: FlowDefinition | PastedAction): string {
  const flow =
    'operationName' in definition
      ? stepBox(definition.operationName, definition.operationDefinition)
      : column([
          ...Object.entries(definition.triggers).map(([name, step]) => [stepBox(name, step)]),
          ...rowsOf(definition.actions),
        ]);
  const [width, height] = [flow.width + 2 * size.margin, flow.height + 2 * size.margin];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}">
<style>${style}</style>
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#8a8886"/></marker>
<rect width="100%" height="100%" rx="6" fill="#faf9f8"/>
${flow.draw(size.margin, size.margin).join('\n')}
</svg>
`;
}

/** Steps that run after the same others stand side by side. */
function rowsOf(steps: Steps): Box[][] {
  const names = Object.keys(steps);
  const depth = (name: string): number =>
    1 +
    Math.max(
      -1,
      ...Object.keys(steps[name]?.runAfter ?? {})
        .filter((before) => before in steps)
        .map(depth),
    );
  const last = Math.max(...names.map(depth));
  return Array.from({ length: last + 1 }, (_, level) =>
    Object.entries(steps)
      .filter(([name]) => depth(name) === level)
      .map(([name, step]) => stepBox(name, step)),
  );
}

function stepBox(name: string, step: Step): Box {
  const card = cardOf(name, step);
  const head = cardBox(card);
  if (card.branches.length === 0) return head;
  const branches = card.branches.map(({ title, steps }) => {
    const inner = column(rowsOf(steps));
    return title === undefined ? inner : column([[labelBox(title)], [inner]]);
  });
  return frame(head, row(branches));
}

function cardBox({ title, operation, colour, fields }: Card): Box {
  const lines = fields.map(([name, value]) => ({ name, value: wrapped(value, size.value) }));
  const height =
    size.head +
    lines.reduce((sum, { value }) => sum + value.length * size.line, lines.length === 0 ? 0 : 8);
  return {
    width: size.card,
    height,
    draw: (x, y) => {
      let baseline = y + size.head + 10;
      const rows = lines.flatMap(({ name, value }) =>
        value.map((text, place) => {
          const drawn = `${place === 0 ? label(x + 16, baseline, [cut(name), 'name']) : ''}${label(x + size.names, baseline, [text, 'value'])}`;
          baseline += size.line;
          return drawn;
        }),
      );
      return [
        `<rect x="${x}" y="${y}" width="${size.card}" height="${height}" rx="6" class="card"/>`,
        `<rect x="${x}" y="${y}" width="6" height="${height}" rx="3" fill="${colour}"/>`,
        label(x + 16, y + 18, [title, 'title']),
        label(x + 16, y + 34, [operation, 'operation']),
        ...rows,
      ];
    },
  };
}

const labelBox = (text: string): Box => ({
  width: size.card,
  height: size.line,
  draw: (x, y) => [label(x + size.card / 2, y + 12, [text, 'branch'])],
});

const label = (x: number, y: number, [text, kind]: readonly [string, string]): string =>
  `<text x="${x}" y="${y}" class="${kind}">${escapeXml(text)}</text>`;

const cut = (name: string): string =>
  name.length > size.name ? `…${name.slice(1 - size.name)}` : name;

/** Wraps text to lines of `width` characters, after a space or punctuation if possible. */
function wrapped(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const place = Math.max(...[' ', '(', '/', '?'].map((sign) => text.lastIndexOf(sign, width - 1)));
  const end = place < width / 2 ? width : place + 1;
  return [text.slice(0, end), ...wrapped(text.slice(end), width)];
}
