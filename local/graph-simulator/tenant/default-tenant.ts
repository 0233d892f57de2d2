import type { z } from 'zod';
import type { tenantState } from './tenant-state';

const roles = ['OnlineMeetings.ReadWrite.All', 'User.Read.All', 'GroupMember.Read.All'];
const systemAssigned = '5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b01';
const userAssigned = '5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b02';
const administrator = '5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b03';
const accessPolicy = [systemAssigned, userAssigned];
const licences = ['SPE_E3'];
/** The group whose mailboxes the app may use, and whose members are its organizer pool. */
export const organizersGroup = 'dc17674c-81d9-4adb-bfb2-8f6a442e46fe';

/** Three users who can organize meetings, and one for each reason why a user cannot. */
export const defaultTenant: z.input<typeof tenantState> = {
  id: '909c6581-5130-43e9-88f3-fcb3582cde37',
  displayName: 'Contoso',
  identities: [
    {
      objectId: '8d1f6a10-3b57-4c0e-8a2b-6f1f0e5d2c01',
      clientId: systemAssigned,
      displayName: 'convoke',
      assignment: 'system',
      roles,
    },
    {
      objectId: '8d1f6a10-3b57-4c0e-8a2b-6f1f0e5d2c02',
      clientId: userAssigned,
      displayName: 'convoke-identity',
      assignment: 'user',
      roles,
    },
    {
      objectId: '8d1f6a10-3b57-4c0e-8a2b-6f1f0e5d2c03',
      clientId: administrator,
      displayName: 'tenant-administration',
      assignment: 'user',
      roles: ['Application.Read.All', 'AppRoleAssignment.ReadWrite.All', 'Directory.Read.All'],
    },
  ],
  users: [
    {
      id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
      userPrincipalName: 'anna@contoso.com',
      mail: 'anna@contoso.com',
      displayName: 'Anna Alves',
      licences,
      accessPolicy,
    },
    {
      id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4602',
      userPrincipalName: 'ben@contoso.com',
      mail: 'ben@contoso.com',
      displayName: 'Ben Okafor',
      licences,
      accessPolicy,
    },
    {
      id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4603',
      userPrincipalName: 'chloe@contoso.onmicrosoft.com',
      mail: 'chloe.martin@contoso.com',
      displayName: 'Chloé Martin',
      licences,
      accessPolicy,
    },
    {
      id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4604',
      userPrincipalName: 'no-policy@contoso.com',
      mail: 'no-policy@contoso.com',
      displayName: 'Dana (no access policy)',
      licences,
    },
    {
      id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4605',
      userPrincipalName: 'no-licence@contoso.com',
      mail: 'no-licence@contoso.com',
      displayName: 'Emil (mailbox only)',
      licences: ['EXCHANGESTANDARD'],
      accessPolicy,
    },
    {
      id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4606',
      userPrincipalName: 'guest_fabrikam.com#EXT#@contoso.onmicrosoft.com',
      mail: 'guest@fabrikam.com',
      displayName: 'Farid (guest)',
      userType: 'Guest',
      mailbox: null,
      accessPolicy,
    },
  ],
  groups: [
    { id: 'dc17674c-81d9-4adb-bfb2-8f6a442e46ff', displayName: 'Parents' },
    {
      id: organizersGroup,
      displayName: 'Convoke organizers',
      members: [
        'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
        'dc17674c-81d9-4adb-bfb2-8f6a442e4602',
        'dc17674c-81d9-4adb-bfb2-8f6a442e4603',
      ],
    },
  ],
  calendarAssignments: [
    { clientId: systemAssigned, groupId: organizersGroup },
    { clientId: userAssigned, groupId: organizersGroup },
  ],
};
