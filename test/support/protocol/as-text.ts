/** What was answered is never changed afterwards, so its text stays. */
const texts = new WeakMap<object, string>();

/** Of something that is never changed: one text for one content. */
export function asText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const text = texts.get(value) ?? JSON.stringify(value);
  texts.set(value, text);
  return text;
}
