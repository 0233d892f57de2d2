/** One day: no answer of Graph's is worth waiting for longer in one go, in milliseconds. */
const longestMs = 24 * 3_600_000;

/** A Retry-After header, in seconds or as an HTTP date, as milliseconds from now: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function parseRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const milliseconds = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - now.getTime();
  return Number.isNaN(milliseconds) ? undefined : Math.min(Math.max(milliseconds, 0), longestMs);
}
