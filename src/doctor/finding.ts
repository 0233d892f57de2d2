import * as z from 'zod';

/** The result of one check. Holds no token, no key, no join link, and no part of a message. */
const findingSchema = z.strictObject({
  /** Dotted name of the check, the same in every run: `storage.queue.meeting-requests`. */
  check: z.string(),
  /** `unknown`: the check could not decide; `meaning` says why. */
  status: z.enum(['passed', 'failed', 'unknown']),
  meaning: z.string(),
  /** The next step for a person. */
  remedy: z.string().optional(),
  /** A command for that step, or one that shows more. */
  command: z.string().optional(),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/** The answer of `GET /api/doctor`. */
export const reportSchema = z.strictObject({
  /** The worst status of all findings. */
  status: z.enum(['passed', 'failed', 'unknown']),
  checkedDateTime: z.iso.datetime(),
  /** As the caller gave it. */
  organizer: z.string().optional(),
  findings: z.array(findingSchema),
});

/** The result of one check. */
export type Finding = Readonly<z.output<typeof findingSchema>>;
/** All findings of one run of the doctor. */
export type Report = Readonly<z.output<typeof reportSchema>>;
type Details = Partial<Omit<Finding, 'check' | 'status' | 'meaning'>>;

const finding =
  (status: Finding['status']) =>
  (check: string, meaning: string, details: Details = {}): Finding => ({
    check,
    status,
    meaning,
    ...details,
  });

/** Makes the finding of a check that has passed. */
export const passed = finding('passed');
/** Makes the finding of a check that has failed. */
export const failed = finding('failed');
/** Makes the finding of a check that could not decide. */
export const unknown = finding('unknown');

/** The worst status: `failed` before `unknown` before `passed`. */
export function worstOf(findings: readonly Finding[]): Finding['status'] {
  const statuses = new Set(findings.map(({ status }) => status));
  if (statuses.has('failed')) return 'failed';
  return statuses.has('unknown') ? 'unknown' : 'passed';
}
