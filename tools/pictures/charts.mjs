import { text } from './svg.mjs';

const colours = ['#0f6cbd', '#c239b3', '#107c41', '#d83b01', '#5c2e91', '#038387'];
const chart = { left: 44, top: 36, right: 12, bottom: 56 };

/** A tile of the workbook at a position: its title, and a chart or table of its query's data. */
export function tile({ title, visualization }, data, { x, y, width, height }) {
  const inner =
    visualization === 'table'
      ? table(data, { x, y, width, height })
      : plot(data, { x, y, width, height, stacked: visualization === 'barchart' });
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" class="tile"/>`,
    text([x + 12, y + 22], title, 'title'),
    ...inner,
  ];
}

function plot({ series }, { x, y, width, height, stacked }) {
  const names = Object.keys(series).toSorted();
  const bins = Math.max(0, ...names.map((name) => series[name].length));
  const tops = Array.from({ length: bins }, (_, bin) => {
    const values = names.map((name) => series[name][bin] ?? 0);
    return stacked ? values.reduce((all, value) => all + value, 0) : Math.max(...values);
  });
  const maximum = niceMaximum(Math.max(...tops, 0));
  const [w, h] = [width - chart.left - chart.right, height - chart.top - chart.bottom];
  const at = (bin, value) => [
    x + chart.left + (bin / bins) * w,
    y + chart.top + h * (1 - value / maximum),
  ];
  const draw = stacked ? bars : line;
  return [
    ...[0, maximum / 2, maximum].flatMap((value) => {
      const [, level] = at(0, value);
      return [
        `<path d="M${x + chart.left} ${round(level)}h${w}" class="axis"/>`,
        text([x + 8, round(level + 4)], value, 'small'),
      ];
    }),
    ...draw({ series, names, bins, at, step: w / bins }),
    ...legend(names, { x: x + chart.left, y: y + height - 29, width: w }),
  ];
}

function bars({ series, names, bins, at, step }) {
  return Array.from({ length: bins }, (_, bin) => {
    let below = 0;
    return names.flatMap((name, place) => {
      const value = series[name][bin] ?? 0;
      const [left, top] = at(bin, below + value);
      const [, bottom] = at(bin, below);
      below += value;
      if (value === 0) return [];
      return `<rect x="${round(left + 1)}" y="${round(top)}" width="${round(step - 2)}" height="${round(bottom - top)}" fill="${colours[place % colours.length]}"/>`;
    });
  }).flat();
}

const line = ({ series, names, at }) =>
  names.map((name, place) => {
    const points = series[name].flatMap((value, bin) =>
      value === undefined
        ? []
        : [
            at(bin + 0.5, value)
              .map(round)
              .join(' '),
          ],
    );
    return `<path d="M${points.join('L')}" fill="none" stroke-width="2" stroke-linecap="round" stroke="${colours[place % colours.length]}"/>`;
  });

/** A legend; continues on a second line if the first is full. */
function legend(names, { x, y, width }) {
  let [left, baseline] = [x, y];
  return names.flatMap((name, place) => {
    const needed = 26 + name.length * 6.2;
    if (left + needed > x + width) [left, baseline] = [x, baseline + 17];
    const drawn = [
      `<rect x="${round(left)}" y="${baseline - 9}" width="10" height="10" fill="${colours[place % colours.length]}"/>`,
      text([round(left + 14), baseline], name, 'small'),
    ];
    left += needed;
    return drawn;
  });
}

/** A table with columns as wide as their content. */
function table({ columns, rows }, { x, y, width, height }) {
  const shown = rows.slice(0, Math.floor((height - 52) / 17));
  const widths = columns.map(
    (name, column) => Math.max(name.length, ...shown.map((cells) => `${cells[column]}`.length)) + 2,
  );
  const all = widths.reduce((sum, each) => sum + each, 0);
  const place = (column) =>
    x + 12 + (widths.slice(0, column).reduce((sum, each) => sum + each, 0) * (width - 24)) / all;
  const row = (cells, baseline, kind) =>
    cells.map((cell, column) => text([round(place(column)), baseline], cell, kind));
  return [
    ...row(columns, y + 42, 'small'),
    `<path d="M${x + 12} ${y + 47}h${width - 24}" class="axis"/>`,
    ...shown.flatMap((cells, index) => row(cells, y + 62 + index * 17)),
  ];
}

const round = (value) => Math.round(value * 10) / 10;

/** The next maximum of the form 1, 2 or 5 with zeros. */
function niceMaximum(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((limit) => limit >= value);
}
