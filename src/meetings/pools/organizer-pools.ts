import type { CallOptions } from '../ports';

/** Groups of people who organize meetings in turn. */
export interface OrganizerPools {
  readonly members: PoolMembers;
  readonly counts: OrganizerCounts;
  /**
   * Maximum number of meetings of one organizer in a month; after that the pool takes the next in rank. Lower than
   * Graph's own limit, because instances choose concurrently.
   */
  readonly maxMeetingsPerMonth: number;
}

/** The members of organizer pools. */
export interface PoolMembers {
  /** Names of all pools, as the operator wrote them. */
  readonly names: readonly string[];
  /**
   * Object ids of a pool's members; undefined if there is no pool with this name. Ignores case.
   * @throws MeetingError `directoryPermissionMissing`, `organizerPoolNotFound` if its group is gone, or as every call
   * to Graph.
   */
  list(pool: string, options: CallOptions): Promise<readonly string[] | undefined>;
}

/** A month of one organizer. */
export interface OrganizerMonth {
  /** Object id. */
  readonly organizerId: string;
  /** Calendar month in UTC: `2026-12`. */
  readonly month: string;
}

/** Counts the meetings of the organizers in pools. @throws MeetingError `storageUnavailable`. */
export interface OrganizerCounts {
  /** The number known to this instance. Counts of other instances are included after the next `add`. */
  read(counted: OrganizerMonth): Promise<number>;
  /** Counts the meeting of a request; repeated calls count once. */
  add(counted: OrganizerMonth, requestId: string): Promise<void>;
}

/** The month of a time, in UTC. */
export const monthOf = (time: Date): string => time.toISOString().slice(0, 7);
