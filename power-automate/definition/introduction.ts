import { actions, type Action } from './actions';
import type { Owner } from './owner';
import type { Variant } from './swagger';

/** The page that certification publishes: https://learn.microsoft.com/connectors/custom-connectors/certification-submission */
export const introduction = (variant: Variant, owner: Owner): string => `## Convoke Meetings

Creates Microsoft Teams meetings for any organizer, one or thousands, with every option, and never the same one twice.

## Publisher: ${owner.name}

## Prerequisites

The Convoke app in your own Azure subscription, its host name, and one of its function keys.

## Supported operations

${actions
  .filter(
    ({ visibility, signIn }) =>
      visibility !== 'internal' && (variant === 'entra' || signIn !== true),
  )
  .map(toSection)
  .join('\n\n')}

## Obtaining credentials

Ask your operator for a function key. It is in the Azure portal, in the function app, under **App keys**.${
  variant === 'entra' ? ' You also sign in with your work account.' : ''
}

## Known issues and limitations

A meeting is only a link and is not in a calendar, unless you fill in Calendar and the operator has set up calendars. Triggers poll, and start a flow once a whole list is done.

## Support

${[owner.website, ...(owner.email === undefined ? [] : [owner.email])].join(', ')}. Privacy: ${owner.privacyPolicy}
`;

const toSection = ({ summary, description }: Action): string => `### ${summary}\n\n${description}`;
