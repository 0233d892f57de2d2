import { isCancel, mayBeGone } from './final-state';
import type { History, Mail } from './history';

/** The problem of a request's event or of its mails; undefined if there is none. */
export function wrongEvent(history: History): string | undefined {
  const { request, events, mails, entry, results } = history;
  if (request.calendar === undefined) return undefined;
  const early = mails.find((mail) => mail.kind === 'invitation' && !wasAskedFor(mail, history));
  if (early !== undefined) return `${early.to} was invited while the lobby was ${early.lobby}`;
  for (const person of request.calendar.invite) {
    const [invited, cancelled] = (['invitation', 'cancellation'] as const).map(
      (kind) => mails.filter((mail) => mail.kind === kind && mail.to === person).length,
    );
    if (invited !== undefined && invited > 1) return `${person} was invited ${invited} times`;
    if (cancelled !== (results.some(isCancel) ? invited : 0) && !mayBeGone(history))
      return `${person} was invited ${invited} times, and told of ${cancelled} cancellations`;
    if (events === 1 && invited !== 1 && entry !== undefined && !isWithheld(entry.progress))
      return `${person} was not invited`;
  }
  return events > 1 ? `it has ${events} events` : undefined;
}

/** Whether the request or one of its changes wants this lobby; a meeting without its options has another one. */
const wasAskedFor = ({ lobby }: Mail, { request, changes }: History): boolean =>
  [request.meeting, ...changes.map(({ sets }) => sets)].some(
    ({ lobbyBypassSettings }) =>
      (lobbyBypassSettings as { readonly scope?: string } | undefined)?.scope === lobby,
  );

/** Whether the row says that invitations were withheld. */
const isWithheld = (progress: NonNullable<History['entry']>['progress']): boolean =>
  progress.state === 'finished' && progress.result.error !== null;
