import { toSetCookie } from '../../../../local/functions-host/http/response';

test.each([
  [{ name: 'a', value: 'b c' }, 'a=b%20c; path=/'],
  [{ name: 'a', value: '', sameSite: 'explicitNone' as const }, 'a=; path=/; samesite=none'],
  [
    {
      name: 'a',
      value: 'b',
      domain: { value: 'x.org' },
      path: { value: '/p' },
      expires: { value: { seconds: 0 } },
      maxAge: { value: 5 },
      secure: { value: true },
      httpOnly: { value: true },
      sameSite: 'lax' as const,
    },
    'a=b; expires=Thu, 01 Jan 1970 00:00:00 GMT; max-age=5; domain=x.org; path=/p; secure; samesite=lax; httponly',
  ],
])('%j is written as %s', (cookie, header) => {
  expect(toSetCookie(cookie)).toBe(header);
});
