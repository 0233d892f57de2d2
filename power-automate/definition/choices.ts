import { titleOf } from './labels';

/** Texts in dropdowns for values that need an explanation. */
const words: Readonly<Record<string, string>> = {
  // Who waits in the lobby, and who may chat.
  organizer: 'Only the organizer',
  organization: 'People in my organization',
  organizationAndFederated: 'People in my organization and in trusted organizations',
  organizationExcludingGuests: 'People in my organization, except guests',
  invited: 'People who were invited',
  everyone: 'Everyone',
  // Who may present.
  roleIsPresenter: 'Only people with the presenter role',
  organizationalUsers: 'People in my organization',
  organizerAndCoOrganizers: 'The organizer and co-organizers',
  organizerAndCoOrganizersAndPresenters: 'The organizer, co-organizers and presenters',
  coorganizer: 'Co-organizer',
  // The chat.
  enabled: 'On',
  disabled: 'Off',
  limited: 'Only during the meeting',
  // How dates such as 01/02/2030 are read.
  dmy: 'Day, month, year',
  mdy: 'Month, day, year',
  ymd: 'Year, month, day',
};

/** `titleOf` as a sentence: `Presence only`. */
const sentence = (value: string): string =>
  titleOf(value).replace(/(?<=.)\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());

/** The entries of a dropdown: https://learn.microsoft.com/connectors/custom-connectors/openapi-extensions */
export const choicesOf = (values: readonly unknown[]): object[] =>
  values.map((value) => ({
    value,
    displayName: words[String(value)] ?? sentence(String(value)),
  }));
