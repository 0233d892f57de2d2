import fc from 'fast-check';
import { Problems } from '../../../src/errors/problems';
import { readAttendees } from '../../../src/requests/readers/attendees';
import { parseGraphTime } from '../../../src/requests/time/time';

const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4622';
const bob = '8716745d-77a9-4be3-afff-009e4b81658e';

const read = (value: unknown) => {
  const problems = new Problems();
  const attendees = readAttendees(value, 'attendees', {
    problems,
    parseTime: parseGraphTime,
    forGraph: false,
  });
  return { attendees, problems: problems.list().map(({ code, target }) => `${code} ${target}`) };
};

test.each([
  ['a@x.org', [{ upn: 'a@x.org' }]],
  ['a@x.org; b@x.org', [{ upn: 'a@x.org' }, { upn: 'b@x.org' }]],
  ['a@x.org,b@x.org\r\nc@x.org;', [{ upn: 'a@x.org' }, { upn: 'b@x.org' }, { upn: 'c@x.org' }]],
  [`${anna.toUpperCase()};a@x.org`, [{ identity: { user: { id: anna } } }, { upn: 'a@x.org' }]],
  [
    ['a@x.org', anna, '', null],
    [{ upn: 'a@x.org' }, { identity: { user: { id: anna } } }],
  ],
  [
    ['a@x.org; b@x.org', 'c@x.org'],
    [{ upn: 'a@x.org' }, { upn: 'b@x.org' }, { upn: 'c@x.org' }],
  ],
  [[{ upn: ' a@x.org ', role: 'Presenter' }], [{ upn: 'a@x.org', role: 'presenter' }]],
  [
    [{ upn: '', identity: { user: { id: anna } }, role: '' }],
    [{ identity: { user: { id: anna } } }],
  ],
  [[{}, { upn: '' }, { identity: { user: { id: null } } }, 'a@x.org'], [{ upn: 'a@x.org' }]],
  [
    [
      {
        '@odata.type': '#microsoft.graph.meetingParticipantInfo',
        upn: 'a@x.org',
        role: 'coorganizer',
        identity: {
          '@odata.type': '#microsoft.graph.identitySet',
          application: null,
          device: null,
          user: { id: anna, displayName: 'Anna', tenantId: bob, identityProvider: 'AAD' },
        },
      },
    ],
    [{ upn: 'a@x.org', role: 'coorganizer', identity: { user: { id: anna } } }],
  ],
  ['', undefined],
  [[], undefined],
  [[''], undefined],
  [null, undefined],
])('reads %j', (value, attendees) => {
  expect(read(value)).toEqual({ attendees, problems: [] });
});

test.each([
  ['bob', ['invalidIdentity attendees[0]']],
  ['a@x.org;;bob', ['invalidIdentity attendees[2]']],
  ['Anna Berg', ['invalidIdentity attendees[0]']],
  [[{ upn: 'bob' }], ['invalidIdentity attendees[0].upn']],
  [[{ upn: 'bob', role: 'presenter' }], ['invalidIdentity attendees[0].upn']],
  [[{ upn: anna }], ['invalidIdentity attendees[0].upn']],
  [[{ identity: { user: { id: 'a@x.org' } } }], ['invalidIdentity attendees[0].identity.user.id']],
  [[{ identity: { phone: { id: '1' } } }], ['invalidIdentity attendees[0].identity.phone']],
  [[{ identity: anna }], ['wrongType attendees[0].identity']],
  [[{ role: 'presenter' }], ['missing attendees[0]']],
  [[{ upn: 'a@x.org', role: 'producer' }], ['unknownValue attendees[0].role']],
  [[{ upn: 'a@x.org', role: 'unknownFutureValue' }], ['unknownValue attendees[0].role']],
  [[{ upn: 'a@x.org', name: 'A' }], ['unknownProperty attendees[0].name']],
  [['a@x.org', 7], ['wrongType attendees[1]']],
  [7, ['wrongType attendees']],
  [{ upn: 'a@x.org' }, ['wrongType attendees']],
])('refuses %j', (value, problems) => {
  expect(read(value).problems).toEqual(problems);
});

test('another name for upn is pointed out where Graph would not take it', () => {
  const problems = new Problems();
  readAttendees([{ email: 'a@x.org' }], 'attendees', {
    problems,
    parseTime: parseGraphTime,
    forGraph: true,
  });
  expect(problems.list()[0]?.message).toBe(
    'The property "email" does not exist here. Did you mean upn?',
  );
});

describe('a person who is named twice', () => {
  test.each([
    ['a@x.org; A@X.org', [{ upn: 'a@x.org' }]],
    [
      [{ upn: 'a@x.org' }, { upn: 'A@x.org', role: 'attendee' }],
      [{ upn: 'a@x.org', role: 'attendee' }],
    ],
    [
      ['a@x.org', 'b@x.org', { upn: 'a@x.org', identity: { user: { id: anna } } }],
      [{ upn: 'a@x.org', identity: { user: { id: anna } } }, { upn: 'b@x.org' }],
    ],
    [
      ['a@x.org', anna, { upn: 'a@x.org', identity: { user: { id: anna } } }],
      [{ upn: 'a@x.org', identity: { user: { id: anna } } }],
    ],
  ])('in %j is one attendee', (value, attendees) => {
    expect(read(value)).toEqual({ attendees, problems: [] });
  });

  test('in two roles is a contradiction', () => {
    expect(read(['a@x.org', { upn: 'A@x.org', role: 'presenter' }]).problems).toEqual([
      'conflicting attendees[1].role',
    ]);
  });

  test('with two object ids is a contradiction', () => {
    const people = [anna, bob].map((id) => ({ upn: 'a@x.org', identity: { user: { id } } }));
    expect(read(people).problems).toEqual(['conflicting attendees[1].identity.user.id']);
  });
});

test.each([
  [1000, []],
  [1001, ['tooMany attendees']],
])('%d attendees', (count, problems) => {
  const people = Array.from({ length: count }, (_, index) => `person${index}@x.org`);
  expect(read(people).problems).toEqual(problems);
  expect(read(people.join(';')).problems).toEqual(problems);
});

test('reading what was read changes nothing', () => {
  const upn = fc.constantFrom('a@x.org', 'A@x.org', 'b@x.org');
  const id = fc.constantFrom(anna, anna.toUpperCase(), bob);
  const person = fc.oneof(
    upn,
    id,
    fc.record({ upn, identity: fc.record({ user: fc.record({ id }) }) }, { requiredKeys: [] }),
  );
  fc.assert(
    fc.property(fc.array(person), (people) => {
      const first = read(people);
      const again = first.problems.length === 0 ? read(first.attendees) : first;
      expect(again).toEqual(first);
    }),
  );
});
