import { writeFile } from 'node:fs/promises';
import type { Command } from '../context';
import { exitCodes } from '../exit-codes';
import { checkFolder } from '../files';

interface InvitationOptions {
  readonly id: string;
  readonly format?: string;
  readonly language?: string;
  readonly timeZone?: string;
  readonly out?: string;
}

/** Prints or writes the invitation to the meeting of a request. */
export const invitation: Command<InvitationOptions> = async (options, { api, output }) => {
  const { id, out, ...parameters } = options;
  if (out !== undefined) await checkFolder(out);
  const query = new URLSearchParams(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const response = await api.call(
    `/api/requests/${encodeURIComponent(id)}/invitation?${query.toString()}`,
  );
  const text = await response.text();
  if (out !== undefined) await writeFile(out, text);
  output.json({ requestId: id, ...(out === undefined ? { invitation: text } : { out }) });
  output.say(out === undefined ? text.trimEnd() : `The invitation is in ${out}.`);
  return exitCodes.done;
};
