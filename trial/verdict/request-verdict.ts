import { disagreement } from './agreement';
import { wrongEvent } from './calendar-verdict';
import { wrongEnd } from './final-state';
import type { History } from './history';

/** Undefined when everything that was said of a request agrees and is true. */
export const contradiction = (history: History): string | undefined =>
  disagreement(history) ?? wrongEnd(history) ?? wrongEvent(history);
