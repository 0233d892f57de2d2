import type { PreviewOutcome } from './meeting-result';

/** What a preview predicts, such as `would create`. */
export const wouldBe = (outcome: PreviewOutcome): string =>
  outcome === 'unchanged' ? 'would not change' : `would ${outcome}`;
