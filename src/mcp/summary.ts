import type { PreviewOutcome } from '../results/meeting-result';
import { wouldBe } from '../results/preview-words';

interface Result {
  readonly requestId?: string;
  readonly status?: string;
  readonly state?: string;
  readonly meeting?: { readonly joinWebUrl?: string } | null;
  readonly result?: Result | null;
  readonly preview?: {
    readonly outcome: PreviewOutcome;
    readonly warnings: readonly { readonly message: string }[];
  };
}

/** `created enrolment-17: https://…`, or `would create enrolment-17` with warnings. */
export function summarize(body: object): string {
  const { requestId: id = '', status, state = '', meeting, result, preview } = body as Result;
  if (result && state !== 'cancelled') return summarize({ ...result, meeting });
  if (preview !== undefined) {
    const warnings = preview.warnings.map(({ message }) => `- ${message}`);
    return [`${wouldBe(preview.outcome)} ${id}`, ...warnings].join('\n');
  }
  const link = meeting?.joinWebUrl;
  return `${status ?? state} ${id}${link === undefined ? '' : `: ${link}`}`;
}
