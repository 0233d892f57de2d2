/** Object id of Microsoft Graph's own service principal in the simulated tenant. */
export const graphServicePrincipalId = '7ea9e944-71ce-443d-811c-71e8047b557a';

/** Microsoft Graph's application id, the same in every tenant. */
export const graphAppId = '00000003-0000-0000-c000-000000000000';

/**
 * Ids of the application permissions that matter here.
 * https://learn.microsoft.com/graph/permissions-reference
 */
export const appRoleIds: Readonly<Record<string, string>> = {
  'OnlineMeetings.ReadWrite.All': 'b8bb2037-6e08-44ac-a4ea-4674e010e2a4',
  'OnlineMeetings.Read.All': 'c1684f21-1984-47fa-9d61-2dc8c296bb70',
  'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
  'User.ReadBasic.All': '97235f07-e226-4f63-ace3-39588e11d3a1',
  'GroupMember.Read.All': '98830695-27a2-44f7-8c18-0c3ebc9698f6',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  'Organization.Read.All': '498476ce-e0fe-48b0-b801-37ba7e2685c6',
  'Application.Read.All': '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  'AppRoleAssignment.ReadWrite.All': '06b708a9-e830-4db3-a914-8e69da51d44f',
};
