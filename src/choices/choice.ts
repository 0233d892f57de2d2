/** An entry of a dropdown. */
export interface Choice {
  /** What a request says. */
  readonly value: string;
  /** What people read. */
  readonly title: string;
}

export const byTitle = (one: Choice, other: Choice): number =>
  one.title.localeCompare(other.title, 'en');
