import { isCancel, mayBeGone } from './final-state';
import type { History, Mail } from './history';

/** What is wrong with the event of a request, or with the mails about it; undefined when nothing is. */
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

/** The request, or a change of it, wants this lobby; a meeting that nobody has set up yet has another one. */
const wasAskedFor = ({ lobby }: Mail, { request, changes }: History): boolean =>
  [request.meeting, ...changes.map(({ sets }) => sets)].some(
    ({ lobbyBypassSettings }) =>
      (lobbyBypassSettings as { readonly scope?: string } | undefined)?.scope === lobby,
  );

/** It says itself that people are not invited, and why. */
const isWithheld = (progress: NonNullable<History['entry']>['progress']): boolean =>
  progress.state === 'finished' && progress.result.error !== null;
