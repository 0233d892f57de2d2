/** A drawable box with a size in pixels, placed by its upper left corner. */
export interface Box {
  readonly width: number;
  readonly height: number;
  readonly draw: (x: number, y: number) => string[];
}

const gap = { between: 20, arrow: 30, inside: 14 };

/** Places boxes side by side, aligned at the top. */
export function row(boxes: readonly Box[]): Box {
  return {
    width: sum(boxes.map(({ width }) => width)) + gap.between * (boxes.length - 1),
    height: Math.max(...boxes.map(({ height }) => height)),
    draw: (x, y) => {
      let left = x;
      return boxes.flatMap((box) => {
        const drawn = box.draw(left, y);
        left += box.width + gap.between;
        return drawn;
      });
    },
  };
}

/** Places rows below each other, centred, with arrows from each row to the boxes of the next. */
export function column(rows: readonly (readonly Box[])[]): Box {
  const boxes = rows.map(row);
  const width = Math.max(...boxes.map((box) => box.width));
  return {
    width,
    height: sum(boxes.map(({ height }) => height)) + gap.arrow * (boxes.length - 1),
    draw: (x, y) => {
      let top = y;
      return boxes.flatMap((box, place) => {
        const left = x + (width - box.width) / 2;
        const arrows =
          place === 0
            ? []
            : centres(rows[place] ?? [], left).map((to) => arrow(x + width / 2, to, top));
        const drawn = [...arrows, ...box.draw(left, top)];
        top += box.height + gap.arrow;
        return drawn;
      });
    },
  };
}

function centres(boxes: readonly Box[], left: number): number[] {
  let start = left;
  return boxes.map(({ width }) => {
    const centre = start + width / 2;
    start += width + gap.between;
    return centre;
  });
}

/** An arrow from the middle of the row above to the middle of a box; `top` is the upper edge of the box. */
function arrow(from: number, to: number, top: number): string {
  const turn = top - gap.arrow / 2 - 2;
  return `<path d="M${from} ${top - gap.arrow}V${turn}H${to}V${top - 2}" class="arrow" marker-end="url(#tip)"/>`;
}

/** A frame around other boxes, with a card at its head. */
export function frame(head: Box, inner: Box): Box {
  const width = Math.max(head.width, inner.width) + 2 * gap.inside;
  return {
    width,
    height: head.height + inner.height + gap.arrow + 2 * gap.inside,
    draw: (x, y) => [
      `<rect x="${x}" y="${y}" width="${width}" height="${head.height + inner.height + gap.arrow + 2 * gap.inside}" rx="8" class="frame"/>`,
      ...column([[head], [inner]]).draw(
        x + (width - Math.max(head.width, inner.width)) / 2,
        y + gap.inside,
      ),
    ],
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
