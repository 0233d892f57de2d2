import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { MeetingStore, StoredMeeting } from './meetings/meeting-store';
import type { Tenant } from './tenant/tenant';

/** What a restart keeps. Calendars, faults and the log of requests are not kept. */
type Saved = { readonly tenant: Tenant; readonly meetings: MeetingStore };

interface Content {
  readonly tenant: object;
  readonly meetings: readonly Omit<StoredMeeting, 'creationRequests'>[];
}

/** Writes the tenant and its meetings to a file, atomically. */
export function saveState(file: string, { tenant, meetings }: Saved): void {
  const content: Content = {
    tenant: tenant.state,
    meetings: meetings.all().map(({ creationRequests: _, ...stored }) => stored),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(content));
  renameSync(`${file}.new`, file);
}

/** Reads the file of `saveState`; changes nothing if it does not exist. */
export function loadState(file: string, { tenant, meetings }: Saved): void {
  if (!existsSync(file)) return;
  const content = JSON.parse(readFileSync(file, 'utf8')) as Content;
  tenant.update(content.tenant);
  for (const meeting of content.meetings) {
    const stored = { ...meeting, creationRequests: [] };
    meetings.add(stored);
    if (stored.isDeleted) meetings.delete(stored);
  }
}
