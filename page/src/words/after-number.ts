/** The words after a number: for one, and for several if those differ. */
export const afterNumber =
  (one: string, several = one) =>
  (count: number): string =>
    count === 1 ? one : several;
