/** Room for rows that an instance carries out besides those that it takes off the requests queue. */
export interface Room {
  /** False when there is not enough left; otherwise `release` must follow. */
  take(rows: number): boolean;
  release(rows: number): void;
}

/** @param rows that the instance carries out at once, of all batches together */
export function makeRoom(rows: number): Room {
  let left = rows;
  return {
    take(wanted) {
      if (wanted > left) return false;
      left -= wanted;
      return true;
    },
    release(taken) {
      left += taken;
    },
  };
}
