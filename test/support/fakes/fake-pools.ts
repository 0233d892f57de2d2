import type {
  OrganizerCounts,
  OrganizerMonth,
  OrganizerPools,
  PoolMembers,
} from '../../../src/meetings/pools/organizer-pools';

/** Counts in memory; held to the same contract as the table. */
export class FakeCounts implements OrganizerCounts {
  readonly #counted = new Map<string, Set<string>>();
  /** Thrown by the next `add`, which then has no effect. */
  failure: Error | undefined;

  /** Its whole state as text. */
  get state(): string {
    return JSON.stringify([...this.#counted].map(([month, requests]) => [month, [...requests]]));
  }

  /** The months of organizers in which this request counts. */
  monthsOf(requestId: string): readonly string[] {
    return [...this.#counted].flatMap(([month, requests]) =>
      requests.has(requestId) ? [month] : [],
    );
  }

  read(counted: OrganizerMonth): Promise<number> {
    return Promise.resolve(this.#month(counted).size);
  }

  add(counted: OrganizerMonth, requestId: string): Promise<void> {
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) return Promise.reject(failure);
    this.#month(counted).add(requestId);
    return Promise.resolve();
  }

  #month({ organizerId, month }: OrganizerMonth): Set<string> {
    const key = `${organizerId} ${month}`;
    const found = this.#counted.get(key) ?? new Set();
    this.#counted.set(key, found);
    return found;
  }
}

/** One pool, `lessons`, with everything around it in memory. */
export class FakePools implements OrganizerPools {
  ids: readonly string[];
  readonly counts = new FakeCounts();
  maxMeetingsPerMonth = 1900;

  constructor(ids: readonly string[]) {
    this.ids = ids;
  }

  readonly members: PoolMembers = {
    names: ['lessons'],
    list: (pool) => Promise.resolve(pool.toLowerCase() === 'lessons' ? this.ids : undefined),
  };
}
