import type * as Library from '../invitations';

/** Loaded with the first invitation, so that meetings do not wait for it. */
export const renderInvitation: typeof Library.renderInvitation = (source, form) => {
  const library = require('../invitations') as typeof Library;
  return library.renderInvitation(source, form);
};
