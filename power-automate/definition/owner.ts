/** The publisher of the connector; certification requires it. */
export interface Owner {
  readonly name: string;
  readonly email?: string;
  readonly website: string;
  readonly privacyPolicy: string;
}

/** Example values: a connector for your own use needs no others. */
export const nobody: Owner = {
  name: 'The operator of your meeting app',
  website: 'https://www.contoso.com/meetings',
  privacyPolicy: 'https://www.contoso.com/privacy',
};

/** The tools of Power Platform cannot update a connector whose files name a publisher, so only certified ones do. */
export const isNamed = (owner: Owner): boolean => owner !== nobody;
