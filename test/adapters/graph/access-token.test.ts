import { claimsOf, makeAccessTokens, rolesIn } from '../../../src/adapters/graph/access-token';
import { FakeClock } from '../../support/fakes/fake-clock';

function harness() {
  const clock = new FakeClock('2026-12-01T08:00:00Z');
  let asked = 0;
  let failing = false;
  let refreshAfterMs: number | undefined;
  const credential = {
    getToken: () => {
      asked += 1;
      if (failing) return Promise.reject(new Error('no identity'));
      return Promise.resolve({
        token: `token-${asked}`,
        expiresOnTimestamp: clock.now().getTime() + 3_600_000,
        ...(refreshAfterMs !== undefined && {
          refreshAfterTimestamp: clock.now().getTime() + refreshAfterMs,
        }),
      });
    },
  };
  return {
    clock,
    tokens: makeAccessTokens(credential, 'scope', clock),
    asked: () => asked,
    refreshAfter: (milliseconds: number) => {
      refreshAfterMs = milliseconds;
    },
    fail: (value: boolean) => {
      failing = value;
    },
  };
}

describe('access tokens', () => {
  test('asks the identity once for many callers', async () => {
    const { tokens, asked } = harness();
    expect(await Promise.all([tokens.get(), tokens.get(), tokens.get()])).toEqual([
      'token-1',
      'token-1',
      'token-1',
    ]);
    expect(await tokens.get()).toBe('token-1');
    expect(asked()).toBe(1);
  });

  test('asks again five minutes before the end', async () => {
    const { tokens, clock } = harness();
    await tokens.get();
    clock.advance(3_299_999);
    expect(await tokens.get()).toBe('token-1');
    clock.advance(1);
    expect(await tokens.get()).toBe('token-2');
  });

  test('asks again when the identity says so, because the token may lack a newly granted role', async () => {
    const { tokens, clock, refreshAfter } = harness();
    refreshAfter(1_800_000);
    await tokens.get();
    clock.advance(1_799_999);
    expect(await tokens.get()).toBe('token-1');
    clock.advance(1);
    expect(await tokens.get()).toBe('token-2');
  });

  test('asks at most once a minute while the identity returns a token that is about to be renewed', async () => {
    const { tokens, clock, asked, refreshAfter } = harness();
    refreshAfter(-1);
    for (let seconds = 0; seconds < 120; seconds += 1) {
      await tokens.get();
      clock.advance(1_000);
    }
    expect(asked()).toBe(2);
  });

  test('a token that cannot be renewed early is still used', async () => {
    const { tokens, clock, fail, refreshAfter } = harness();
    refreshAfter(1_800_000);
    await tokens.get();
    clock.advance(1_800_000);
    fail(true);
    expect(await tokens.get()).toBe('token-1');
    clock.advance(60_000);
    fail(false);
    expect(await tokens.get()).toBe('token-3');
    clock.advance(3_600_000);
    fail(true);
    await expect(tokens.get()).rejects.toMatchObject({ code: 'identityUnavailable' });
  });

  test('asks again after a token was refused', async () => {
    const { tokens } = harness();
    await tokens.get();
    tokens.discard();
    expect(await tokens.get()).toBe('token-2');
  });

  test('a failing identity has its own error and is asked again later', async () => {
    const { tokens, fail } = harness();
    fail(true);
    await expect(tokens.get()).rejects.toMatchObject({
      code: 'identityUnavailable',
      retryable: true,
    });
    fail(false);
    expect(await tokens.get()).toBe('token-2');
  });
});

test.each<[string, string, string[]]>([
  ['roles', `x.${Buffer.from('{"roles":["A","B"]}').toString('base64url')}.y`, ['A', 'B']],
  ['no roles', `x.${Buffer.from('{}').toString('base64url')}.y`, []],
  ['roles of a wrong kind', `x.${Buffer.from('{"roles":[1,"B"]}').toString('base64url')}.y`, ['B']],
  ['an opaque token', 'opaque', []],
])('the roles are read from %s', (_name, token, expected) => {
  expect(rolesIn(claimsOf(token))).toEqual(expected);
});
