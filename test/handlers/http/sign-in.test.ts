import { checkMeetingsRole, signedInUserId } from '../../../src/handlers/http/sign-in';
import { MeetingError } from '../../../src/errors/meeting-error';

const tenantId = '909c6581-5130-43e9-88f3-fcb3582cde37';
const userId = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
const claim = (typ: string, val: unknown) => ({ typ, val });
const oid = claim('http://schemas.microsoft.com/identity/claims/objectidentifier', userId);
const tid = claim('http://schemas.microsoft.com/identity/claims/tenantid', tenantId);
const role = claim('roles', 'Meetings.Create');

const encoded = (principal: unknown): string =>
  Buffer.from(JSON.stringify(principal)).toString('base64');
const principal = (claims: readonly object[], provider = 'aad'): string =>
  encoded({ auth_typ: provider, claims });

const off = { enabled: false, tenantId };
const on = { enabled: true, tenantId };
const anyTenant = { enabled: true };

function outcomeOf(check: () => unknown): unknown {
  try {
    return check() ?? 'let in';
  } catch (thrown) {
    return thrown instanceof MeetingError ? thrown.code : thrown;
  }
}

const uriRole = claim(
  'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
  'Meetings.Create',
);

/** Headers × WEBSITE_AUTH_ENABLED: the answers of the endpoints for any organizer, and of /me. */
const table: readonly (readonly [
  what: string,
  header: string | null,
  signIn: { enabled: boolean; tenantId?: string },
  any: string,
  me: string,
])[] = [
  ['no principal, authentication off', null, off, 'let in', 'unauthenticated'],
  ['no principal, authentication on', null, on, 'let in', 'unauthenticated'],
  [
    'a principal that anybody wrote, with the role',
    principal([oid, tid, role]),
    off,
    'let in',
    'unauthenticated',
  ],
  [
    'a principal that anybody wrote, without the role',
    principal([oid, tid]),
    off,
    'let in',
    'unauthenticated',
  ],
  ['a user with the role', principal([oid, tid, role]), on, 'let in', userId],
  ['a user with the role as a URI', principal([oid, tid, uriRole]), on, 'let in', userId],
  [
    'a user with several roles',
    principal([oid, tid, claim('roles', 'Other'), role]),
    on,
    'let in',
    userId,
  ],
  ['a user without a role', principal([oid, tid]), on, 'forbidden', userId],
  [
    'a user with another role',
    principal([oid, tid, claim('roles', 'Meetings.Read')]),
    on,
    'forbidden',
    userId,
  ],
  [
    'a user whose name is the role',
    principal([oid, tid, claim('name', 'Meetings.Create')]),
    on,
    'forbidden',
    userId,
  ],
  [
    'a role that is only like it',
    principal([oid, tid, claim('roles', 'meetings.create')]),
    on,
    'forbidden',
    userId,
  ],
  [
    'a user of another tenant, with the role',
    principal([oid, claim('tid', 'other'), role]),
    on,
    'forbidden',
    'forbidden',
  ],
  [
    'a user of another tenant, where any will do',
    principal([oid, claim('tid', 'other'), role]),
    anyTenant,
    'let in',
    userId,
  ],
  ['a user without tenant, with the role', principal([oid, role]), on, 'forbidden', 'forbidden'],
  [
    'an application with the role',
    principal([claim('oid', userId), claim('tid', tenantId), role]),
    on,
    'let in',
    userId,
  ],
  [
    'another identity provider, with the role',
    principal([oid, tid, role], 'google'),
    on,
    'forbidden',
    'unauthenticated',
  ],
  [
    'a role that is a list',
    principal([oid, tid, claim('roles', ['Meetings.Create'])]),
    on,
    'forbidden',
    userId,
  ],
  ['no base64', '%%%', anyTenant, 'forbidden', 'unauthenticated'],
  ['no JSON', Buffer.from('x').toString('base64'), anyTenant, 'forbidden', 'unauthenticated'],
  ['null', encoded(null), anyTenant, 'forbidden', 'unauthenticated'],
  [
    'claims that are none',
    encoded({ auth_typ: 'aad', claims: [null, 1, 'roles'] }),
    anyTenant,
    'forbidden',
    'unauthenticated',
  ],
  ['an empty header', '', anyTenant, 'forbidden', 'unauthenticated'],
];

test.each(table)('%s', (_what, header, signIn, any, me) => {
  const headers = new Headers(header === null ? {} : { 'X-MS-CLIENT-PRINCIPAL': header });
  expect(outcomeOf(() => checkMeetingsRole(headers, signIn))).toBe(any);
  expect(outcomeOf(() => signedInUserId(headers, signIn))).toBe(me);
});

test('the other headers of a sign-in are never believed', () => {
  const headers = new Headers({
    'X-MS-CLIENT-PRINCIPAL-ID': userId,
    'X-MS-CLIENT-PRINCIPAL-IDP': 'aad',
    'X-MS-CLIENT-PRINCIPAL-NAME': 'anna',
  });
  expect(outcomeOf(() => signedInUserId(headers, on))).toBe('unauthenticated');
});

test('the refusal names the role', () => {
  expect(() =>
    checkMeetingsRole(new Headers({ 'X-MS-CLIENT-PRINCIPAL': principal([oid, tid]) }), on),
  ).toThrow(/Meetings\.Create/);
});

test('an app without authentication names the setting, by which the page knows that nobody can sign in', () => {
  const check = () => signedInUserId(new Headers(), off);
  expect(check).toThrow(expect.objectContaining({ target: 'WEBSITE_AUTH_ENABLED' }));
});
