import { createOrGetId } from '../../src/meetings/derived-ids';

describe('the requestId of createOrGet', () => {
  test('says whose meeting it is and under which externalId, in any spelling of the organizer', () => {
    expect(createOrGetId('Anna@contoso.com', 'Week-49')).toBe(
      'createOrGet:anna@contoso.com:Week-49',
    );
  });

  test('tells two organizers with long addresses and one long externalId apart', () => {
    const externalId = 'x'.repeat(200);
    const [anna, bert] = ['anna', 'bert'].map((name) =>
      createOrGetId(`${name}@${'department.'.repeat(10)}contoso.com`, externalId),
    );
    expect(anna).toMatch(/^createOrGet:sha256:[\w-]{43}$/);
    expect(bert).not.toBe(anna);
  });

  test('tells two long externalIds of one organizer apart', () => {
    const [one, other] = ['1', '2'].map((end) =>
      createOrGetId(`${'a'.repeat(64)}@contoso.com`, `${end}${'x'.repeat(199)}`),
    );
    expect(one).not.toBe(other);
  });

  test('is whole up to 256 characters', () => {
    const organizer = 'anna@contoso.com';
    const fitting = createOrGetId(
      organizer,
      'x'.repeat(256 - 'createOrGet:anna@contoso.com:'.length),
    );
    expect(fitting).toHaveLength(256);
    expect(fitting).toMatch(/^createOrGet:anna@contoso\.com:x+$/);
  });
});
