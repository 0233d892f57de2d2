import { disagreement } from './agreement';
import { wrongEvent } from './calendar-verdict';
import { wrongEnd } from './final-state';
import type { History } from './history';

/** The contradiction in the evidence about a request; undefined if there is none. */
export const contradiction = (history: History): string | undefined =>
  disagreement(history) ?? wrongEnd(history) ?? wrongEvent(history);
