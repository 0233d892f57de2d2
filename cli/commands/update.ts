import { UsageError } from '../../local/command-line';
import type { MeetingResult } from '../../src/results/meeting-result';
import type { Command } from '../context';
import { isFailure } from '../output';
import { readInput } from '../read-input';

interface UpdateOptions {
  readonly id: string;
  /** A JSON file with the whole change; `-` is standard input. */
  readonly file?: string;
  readonly subject?: string;
  readonly start?: string;
  readonly end?: string;
  readonly minutes?: string;
  readonly timeZone?: string;
  readonly revision?: string;
}

/** Changes the given properties of a request's meeting. */
export const update: Command<UpdateOptions> = async (options, { api, output }) => {
  const change = options.file === undefined ? fromOptions(options) : await fromFile(options.file);
  const result = await api.json<MeetingResult>(`/api/requests/${encodeURIComponent(options.id)}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(change),
  });
  output.json(result);
  output.result(result);
  return isFailure(result) ? 1 : 0;
};

function fromOptions({
  subject,
  start: startDateTime,
  end: endDateTime,
  minutes,
  timeZone,
  revision,
}: UpdateOptions): object {
  const meeting = withoutAbsent({ subject, startDateTime, endDateTime });
  const change = withoutAbsent({
    timeZone,
    durationMinutes: minutes === undefined ? undefined : Number(minutes),
    revision: revision === undefined ? undefined : Number(revision),
    meeting: Object.keys(meeting).length === 0 ? undefined : meeting,
  });
  if (!('meeting' in change) && !('durationMinutes' in change))
    throw new UsageError('Specify what to change: --subject, --start, --end, --minutes or --file.');
  return change;
}

const withoutAbsent = (values: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

async function fromFile(file: string): Promise<unknown> {
  const { bytes } = await readInput(file);
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new UsageError(`${file} is not JSON.`);
  }
}
