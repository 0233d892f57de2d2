import { createOrGetId } from '../../src/meetings/derived-ids';

describe('the requestId of createOrGet', () => {
  test('is the same for any spelling of the organizer, and names nobody, because it is logged', () => {
    const id = createOrGetId('Anna@contoso.com', 'Week-49');
    expect(id).toMatch(/^createOrGet:[\w-]{43}$/);
    expect(createOrGetId('anna@contoso.com', 'Week-49')).toBe(id);
  });

  test.each([
    ['another organizer', 'bert@contoso.com', 'Week-49'],
    ['another externalId', 'anna@contoso.com', 'Week-50'],
    ['an externalId in another case', 'anna@contoso.com', 'week-49'],
  ])('differs for %s', (_what, organizer, externalId) => {
    expect(createOrGetId(organizer, externalId)).not.toBe(
      createOrGetId('anna@contoso.com', 'Week-49'),
    );
  });
});
