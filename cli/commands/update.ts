import { UsageError } from '../../local/command-line';
import type { MeetingResult } from '../../src/results/meeting-result';
import type { Command } from '../context';
import { codeOfResults } from '../exit-codes';
import { readJson } from '../files';

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
  const change = await changeOf(options);
  const result = await api.json<MeetingResult>(`/api/requests/${encodeURIComponent(options.id)}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(change),
  });
  output.json(result);
  output.result(result);
  return codeOfResults([result]);
};

async function changeOf({ file, id: _, ...options }: UpdateOptions): Promise<unknown> {
  if (file === undefined) return fromOptions(options);
  if (Object.keys(options).length === 0) return readJson(file);
  throw new UsageError('--file has the whole change. Put the other options into the file.');
}

function fromOptions({
  subject,
  start: startDateTime,
  end: endDateTime,
  minutes,
  timeZone,
  revision,
}: Omit<UpdateOptions, 'id' | 'file'>): object {
  const meeting = withoutAbsent({ subject, startDateTime, endDateTime });
  const change = withoutAbsent({
    timeZone,
    durationMinutes: minutes,
    revision,
    meeting: Object.keys(meeting).length === 0 ? undefined : meeting,
  });
  if (!('meeting' in change) && !('durationMinutes' in change))
    throw new UsageError('Specify what to change: --subject, --start, --end, --minutes or --file.');
  return change;
}

const withoutAbsent = (values: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
