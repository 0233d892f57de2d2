import { joinDetailsOf } from '../results/join-information';
import type { InvitationSource } from '../results/invitation-source';
import { whenOf } from './invitation';

/** Put before the subject of a cancelled invitation. */
const cancelledMark = 'Cancelled: ';

/** Returns the subject, marked if the meeting is cancelled; empty if there is no subject. */
export const titleOf = ({ meeting, isCancelled }: InvitationSource): string =>
  `${isCancelled ? cancelledMark : ''}${meeting.subject ?? ''}`;

/** Graph's text, and the link if the text lacks it; empty for a cancelled meeting. */
export function joinTextOf({ meeting, isCancelled }: InvitationSource): string {
  if (isCancelled) return '';
  const { joinText } = joinDetailsOf(meeting);
  const url = meeting.joinWebUrl ?? '';
  return joinText.includes(url) ? joinText : `${joinText}\n${url}`.trim();
}

/** The invitation as plain text. */
export const toText = (source: InvitationSource): string =>
  `${[titleOf(source), whenOf(source), '', joinTextOf(source)].join('\n').trim()}\n`;
