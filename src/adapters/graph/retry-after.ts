/** Maximum wait, even if Graph asks for more: one day, in milliseconds. */
const maxMs = 24 * 3_600_000;

/**
 * A Retry-After header, in seconds or as an HTTP date, as milliseconds from now:
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after Undefined if it names no future time: obeying that would
 * repeat the request in a tight loop.
 */
export function parseRetryAfter(header: string, now: Date): number | undefined {
  const text = header.trim();
  const milliseconds = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - now.getTime();
  return milliseconds > 0 ? Math.min(milliseconds, maxMs) : undefined;
}
