import type { CallOptions } from '../ports';

/** Groups of people who organize meetings in turn. */
export interface OrganizerPools {
  readonly members: PoolMembers;
  readonly counts: OrganizerCounts;
  /** At this many meetings of one organizer in a month, the next in rank is taken. Lower than Graph's own limit, since instances choose at the same time. */
  readonly maxMeetingsPerMonth: number;
}

export interface PoolMembers {
  /** Names of all pools, as the operator wrote them. */
  readonly names: readonly string[];
  /**
   * Object ids of those who are in a pool; undefined if there is no pool of this name, in whatever case.
   * @throws MeetingError `directoryPermissionMissing`, `organizerPoolNotFound` when its group is gone, or as every call to Graph.
   */
  list(pool: string, options: CallOptions): Promise<readonly string[] | undefined>;
}

/** A month of one organizer. */
export interface OrganizerMonth {
  /** Object id. */
  readonly organizerId: string;
  /** Of the calendar in UTC: `2026-12`. */
  readonly month: string;
}

/** How many meetings the organizers of pools were given. @throws MeetingError `storageUnavailable`. */
export interface OrganizerCounts {
  /** As many as are known here. What other instances have counted meanwhile is known after the next `add`. */
  read(counted: OrganizerMonth): Promise<number>;
  /** Counts the meeting of a request, once, however often it is called. */
  add(counted: OrganizerMonth, requestId: string): Promise<void>;
}

/** The month of a time, in UTC. */
export const monthOf = (time: Date): string => time.toISOString().slice(0, 7);
