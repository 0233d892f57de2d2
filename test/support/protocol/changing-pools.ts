import { monthOf } from '../../../src/meetings/pools/organizer-pools';
import { rank } from '../../../src/meetings/pools/rank';
import { FakePools } from '../fakes/fake-pools';
import type { Trouble } from './troubles';

const people = ['01', '02', '03'].map((end) => `dc17674c-81d9-4adb-bfb2-8f6a442e46${end}`);
/** All requests of a model are about this one. */
export const requestId = 'request-1';
const [newcomer = '', ...members] = rank(people, requestId);

/**
 * The pool `lessons`: two people, each with a limit of one meeting a month, so a chosen person has no room for a second
 * meeting. A person who joins comes first in rank.
 */
export class ChangingPools extends FakePools {
  override maxMeetingsPerMonth = 1;

  constructor() {
    super(members);
  }

  /** Its whole state as text. */
  get state(): string {
    return JSON.stringify([this.ids, this.counts.state]);
  }

  /** Changes of the pool by others. */
  async change(trouble: Trouble | undefined, now: number): Promise<void> {
    if (trouble === undefined) return;
    const [first] = rank(this.ids, requestId);
    if (trouble === 'joined') this.ids = [...this.ids, newcomer];
    if (trouble === 'left') this.ids = this.ids.filter((id) => id !== first);
    if (trouble === 'full')
      await this.#fill(
        this.ids.filter((id) => id === first),
        now,
      );
    if (trouble === 'exhausted') await this.#fill(this.ids, now);
  }

  async #fill(ids: readonly string[], now: number): Promise<void> {
    const month = monthOf(new Date(now));
    for (const organizerId of ids) await this.counts.add({ organizerId, month }, 'another request');
  }
}
