import type { Curve } from './figures';

const size = { width: 720, height: 420, left: 60, right: 20, top: 24, bottom: 112 };
const colours = ['#7a7a7a', '#d97706', '#15803d', '#1d4ed8'];

/** Meetings a second over Graph's latency, as SVG; the horizontal axis is logarithmic. */
export function toPlot(curves: readonly Curve[]): string {
  const points = curves.flatMap((curve) => curve.points);
  const xs = [...new Set(points.map(({ x }) => x))].toSorted((one, other) => one - other);
  const highest = Math.ceil(Math.max(1, ...points.map(({ y }) => y)) / 100) * 100;
  const scale = makeScale(xs, highest);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...steps(highest).map((y) => horizontal(y, scale)),
    ...xs.map((x) =>
      text(`${x} ms`, { x: scale.x(x), y: size.height - size.bottom + 18, anchor: 'middle' }),
    ),
    text('meetings a second', { x: size.left, y: 14, anchor: 'start' }),
    text('Graph’s latency', {
      x: size.width - size.right,
      y: size.height - size.bottom + 34,
      anchor: 'end',
    }),
    ...curves.flatMap((curve, index) => line(curve, { scale, index })),
    '</svg>',
    '',
  ].join('\n');
}

interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function makeScale(xs: readonly number[], highest: number): Scale {
  const first = Math.log(xs[0] ?? 1);
  const span = Math.log(xs.at(-1) ?? 1) - first || 1;
  const width = size.width - size.left - size.right - 40;
  const height = size.height - size.top - size.bottom;
  return {
    x: (value) => Math.round(size.left + 20 + ((Math.log(value) - first) / span) * width),
    y: (value) => Math.round(size.top + height - (value / highest) * height),
  };
}

const steps = (highest: number): number[] =>
  [0, 0.25, 0.5, 0.75, 1].map((share) => share * highest);

const horizontal = (value: number, { y }: Scale): string =>
  `<path d="M${size.left} ${y(value)}H${size.width - size.right}" stroke="#ddd"/>${text(String(Math.round(value)), { x: size.left - 8, y: y(value) + 4, anchor: 'end' })}`;

const text = (
  content: string,
  { x, y, anchor }: { readonly x: number; readonly y: number; readonly anchor: string },
): string => `<text x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

function line(
  { name, points }: Curve,
  { scale, index }: { readonly scale: Scale; readonly index: number },
): string[] {
  const colour = colours[index % colours.length];
  const path = points.map(({ x, y }) => `${scale.x(x)},${scale.y(y)}`).join(' ');
  const legendY = size.height - 58 + index * 16;
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...points.map(
      ({ x, y }) => `<circle cx="${scale.x(x)}" cy="${scale.y(y)}" r="3" fill="${colour}"/>`,
    ),
    `<rect x="${size.left}" y="${legendY - 9}" width="12" height="3" fill="${colour}"/>`,
    text(name, { x: size.left + 20, y: legendY - 3, anchor: 'start' }),
  ];
}
