const isoTime =
  /^(?:(\d{4}-\d\d-\d\d)[t ])?(\d\d:\d\d)(:\d\d)?(?:\.0+)?\s?(z|[+-]\d\d(?::?\d\d)?)?$/i;

/** A time as people write it, without seconds that are zero: `2030-01-15 14:00`. Other texts stay as they are. */
export function shownTime(text: string): string {
  const [, day, clock, seconds = '', offset = ''] = isoTime.exec(text) ?? [];
  if (clock === undefined) return text;
  const zone = offset.toLowerCase() === 'z' ? ' UTC' : offset;
  return `${day === undefined ? '' : `${day} `}${clock}${seconds === ':00' ? '' : seconds}${zone}`;
}
