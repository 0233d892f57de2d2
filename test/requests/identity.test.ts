import { isAddress, isGuid, namesOf } from '../../src/requests/identity';

test.each([
  ['dc17674c-81d9-4adb-bfb2-8f6a442e4622', true],
  ['DC17674C-81D9-4ADB-BFB2-8F6A442E4622', true],
  ['{dc17674c-81d9-4adb-bfb2-8f6a442e4622}', false],
  ['dc17674c81d94adbbfb28f6a442e4622', false],
  ['', false],
])('%s has the form of an object id: %p', (text, expected) => {
  expect(isGuid(text)).toBe(expected);
});

test.each([
  ['anna@contoso.com', true],
  ["o'brien@contoso.com", true],
  ['anna_fabrikam.com#EXT#@contoso.onmicrosoft.com', true],
  ['anna+test@contoso.com', true],
  ['zoë@contoso.com', true],
  ['anna', false],
  ['anna@', false],
  ['@contoso.com', false],
  ['anna@contoso@com', false],
  ['anna anna@contoso.com', false],
  ['"anna"@contoso.com', false],
  ['Anna <anna@contoso.com>', false],
  ['anna/../x@contoso.com', false],
  ['anna?x@contoso.com', false],
  ['anna@contoso.com;bob@contoso.com', false],
  ['anna\u0000@contoso.com', false],
  ['anna\u202e@contoso.com', false],
  [`${'a'.repeat(320)}@contoso.com`, false],
])('%s has the form of an address: %p', (text, expected) => {
  expect(isAddress(text)).toBe(expected);
});

test.each([
  [{ upn: 'Anna@Contoso.com' }, ['anna@contoso.com']],
  [{ upn: null, identity: { user: { id: 'ABC' } } }, ['abc']],
  [{ upn: 'a@x.org', identity: { user: { id: 'abc' } } }, ['abc', 'a@x.org']],
  [{ identity: { user: null } }, []],
  [{ identity: null }, []],
])('the names of %j are %j', (person, expected) => {
  expect(namesOf(person)).toEqual(expected);
});
