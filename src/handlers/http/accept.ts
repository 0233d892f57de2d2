/** One entry of an Accept header: `text/csv`, `text/*` or `*\/*`. */
interface Range {
  readonly type: string;
  /** 0 to 1; 0 means that the caller does not accept it. */
  readonly quality: number;
}

/**
 * The value of the type that the caller prefers; of types that are equally welcome, one that the caller names, then the
 * first one. If none is accepted, the first value: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function preferredType<Value>(
  accept: string | null,
  offered: ReadonlyMap<string, Value>,
): Value {
  const ranges = readRanges(accept);
  const [best] = [...offered]
    .flatMap(([type, value]) => {
      const range = rangeOf(type, ranges);
      return range === undefined || !(range.quality > 0) ? [] : [{ value, range }];
    })
    .toSorted(
      ({ range: one }, { range: other }) =>
        other.quality - one.quality ||
        breadthOf(one) - breadthOf(other) ||
        ranges.indexOf(one) - ranges.indexOf(other),
    );
  const [first] = offered.values();
  return best === undefined ? (first as Value) : best.value;
}

/** Whether the caller accepts this coding, such as gzip: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3 */
export function acceptsCoding(accept: string | null, coding: string): boolean {
  const range = readRanges(accept).find(({ type }) => type === coding);
  return range !== undefined && range.quality > 0;
}

const readRanges = (accept: string | null): readonly Range[] =>
  (accept ?? '')
    .toLowerCase()
    .split(',')
    .map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
      const quality = parameters.find((part) => part.startsWith('q='))?.slice(2) ?? '1';
      return { type, quality: Number(quality) };
    });

/** The most specific range that includes the type: it overrides the others. */
const rangeOf = (type: string, ranges: readonly Range[]): Range | undefined =>
  [type, type.replace(/\/.*/, '/*'), '*/*']
    .map((name) => ranges.find((range) => range.type === name))
    .find((range) => range !== undefined);

const breadthOf = ({ type }: Range): number => type.split('*').length;
