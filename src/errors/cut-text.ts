/** The beginning of a text, in UTF-16 units. A character that would be cut in two becomes U+FFFD. */
export const cutText = (text: string, maxLength: number): string =>
  text.slice(0, maxLength).toWellFormed();
