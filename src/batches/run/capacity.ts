/** Limits the rows that an instance carries out besides those from the requests queue. */
export interface Capacity {
  /** Reserves room for rows. Returns false if there is not enough; otherwise `release` must follow. */
  take(rows: number): boolean;
  release(rows: number): void;
}

/** @param rows maximum number of rows carried out at a time, over all batches */
export function makeCapacity(rows: number): Capacity {
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
