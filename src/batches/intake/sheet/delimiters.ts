/** The delimiters of CSV that are recognized. */
export const delimiters = [';', ',', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** Excel's line above the sheet that names the delimiter. */
const separatorLine = /^\uFEFF?sep=([;,\t])\r?\n/;

/** The possible delimiters, the likeliest first, and the first row of the sheet, from 1. */
interface PossibleDelimiters {
  readonly candidates: readonly [Delimiter, ...Delimiter[]];
  readonly firstRow: number;
}

/** The possible delimiters of a CSV text, of which the beginning is enough. */
export function possibleDelimiters(text: string): PossibleDelimiters {
  const [, named] = separatorLine.exec(text) ?? [];
  const known = delimiters.find((each) => each === named);
  if (known !== undefined) return { candidates: [known], firstRow: 2 };
  const likeliest = mostFrequent(text);
  const others = delimiters.filter((each) => each !== likeliest);
  return { candidates: [likeliest, ...others], firstRow: 1 };
}

/** The one that occurs most often in the first row, outside of quotes. */
function mostFrequent(text: string): Delimiter {
  const counts = { ';': 0, ',': 0, '\t': 0 };
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) break;
    else if (!quoted && Object.hasOwn(counts, character)) counts[character as Delimiter] += 1;
  }
  return delimiters.reduce((best, next) => (counts[next] > counts[best] ? next : best), ',');
}
