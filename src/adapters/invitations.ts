import type * as Library from '../invitations';

/** Loaded when the first invitation is asked for: meetings do not wait for it. */
export const renderInvitation: typeof Library.renderInvitation = (source, form) => {
  const library = require('../invitations') as typeof Library;
  return library.renderInvitation(source, form);
};
