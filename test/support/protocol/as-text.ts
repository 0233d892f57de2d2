/** Answers never change, so their text is cached. */
const texts = new WeakMap<object, string>();

/** The text of an immutable value, the same for equal content. */
export function asText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const text = texts.get(value) ?? JSON.stringify(value);
  texts.set(value, text);
  return text;
}
