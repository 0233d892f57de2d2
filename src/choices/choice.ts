/** An entry of a dropdown. */
export interface Choice {
  /** Value for the request. */
  readonly value: string;
  /** Text for people. */
  readonly title: string;
}

/** Compares two choices for sorting by title. */
export const byTitle = (one: Choice, other: Choice): number =>
  one.title.localeCompare(other.title, 'en');
