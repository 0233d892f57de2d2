import { answerToError, type Purpose } from '../../../src/adapters/graph/errors';

const token = (roles: string[]): string =>
  `x.${Buffer.from(JSON.stringify({ roles })).toString('base64url')}.y`;
const granted = token(['OnlineMeetings.ReadWrite.All']);
const graphSays = (code: string, message = ''): object => ({
  error: { code, message, innerError: {} },
});

interface Case {
  readonly status: number;
  readonly body?: object;
  readonly purpose?: Purpose;
  readonly token?: string;
  readonly code: string;
  readonly executed?: 'no' | 'unknown';
}

describe('answerToError', () => {
  test.each<[string, Case]>([
    [
      'a policy that is missing, in the documented form',
      {
        status: 403,
        body: graphSays('Forbidden', 'No application access policy found for this app'),
        token: granted,
        code: 'accessPolicyMissing',
      },
    ],
    [
      'the same under another code',
      {
        status: 403,
        body: graphSays(
          'General',
          'No application access policy found for this app 1-2-3 on the user.',
        ),
        token: granted,
        code: 'accessPolicyMissing',
      },
    ],
    [
      'a role that the token lacks, whatever Graph says',
      {
        status: 403,
        body: graphSays('Forbidden'),
        token: token(['User.Read.All']),
        code: 'applicationRoleMissing',
      },
    ],
    [
      'a token without roles',
      {
        status: 403,
        body: graphSays('Forbidden'),
        token: 'opaque',
        code: 'applicationRoleMissing',
      },
    ],
    [
      'a licence',
      {
        status: 403,
        body: graphSays('Forbidden', 'TeamsMeetingProcessorException 9024'),
        token: granted,
        code: 'organizerNotLicensed',
      },
    ],
    [
      'a refusal without words',
      { status: 403, body: graphSays('Forbidden'), token: granted, code: 'accessDenied' },
    ],
    [
      'a look-up that is not allowed',
      {
        status: 403,
        body: graphSays('Authorization_RequestDenied'),
        purpose: 'findUser',
        token: granted,
        code: 'directoryPermissionMissing',
      },
    ],
    [
      'an unknown user',
      { status: 404, body: graphSays('UnknownError'), code: 'organizerNotFound' },
    ],
    [
      'a meeting that is not there yet',
      { status: 404, body: graphSays('NotFound'), purpose: 'update', code: 'meetingNotFound' },
    ],
    [
      'a bad request',
      {
        status: 400,
        body: graphSays('BadRequest', 'An error has occurred.'),
        code: 'graphRejected',
      },
    ],
    ['a method that is not allowed', { status: 405, code: 'graphRejected' }],
    [
      'an expired token',
      {
        status: 401,
        body: graphSays('InvalidAuthenticationToken'),
        code: 'graphAuthenticationFailed',
      },
    ],
    ['throttling', { status: 429, code: 'throttled' }],
    ['a server error', { status: 500, code: 'graphUnavailable', executed: 'unknown' }],
    ['a gateway’s timeout', { status: 504, code: 'graphUnavailable', executed: 'unknown' }],
    ['a request that timed out', { status: 408, code: 'graphUnavailable', executed: 'unknown' }],
    ...[302, 402, 406, 409, 410, 412, 423, 425, 499].map((status): [string, Case] => [
      `a ${status}, which does not say that nothing was made`,
      { status, purpose: 'createOrGet', code: 'graphUnavailable', executed: 'unknown' },
    ]),
    ['a body that is too large', { status: 413, code: 'graphRejected' }],
    ['a type that is not taken', { status: 415, code: 'graphRejected' }],
    [
      'an account without Teams, which Graph calls a problem of authentication',
      {
        status: 400,
        body: graphSays('AuthenticationError', 'Error authenticating with resource'),
        code: 'organizerNotLicensed',
      },
    ],
    [
      'a user or a meeting that createOrGet does not find',
      { status: 404, purpose: 'createOrGet', code: 'organizerNotFound' },
    ],
    [
      'a meeting that cannot be read yet',
      { status: 404, purpose: 'read', code: 'meetingNotFound' },
    ],
    ['an answer that was cut off', { status: 201, code: 'graphUnavailable', executed: 'unknown' }],
  ])('%s', (_name, { status, body, purpose = 'create', token: sent, code, executed = 'no' }) => {
    const error = answerToError(
      { status, body, graphRequestId: 'g-1', retryAfterMs: 4_000 },
      purpose,
      sent,
    );
    expect({
      code: error.code,
      executed: error.executed,
      graphRequestId: error.graphRequestId,
    }).toEqual({ code, executed, graphRequestId: 'g-1' });
  });

  test.each<[Purpose, string]>([
    ['create', 'Check the request against the Create onlineMeeting documentation.'],
    ['read', 'Check the id of the meeting and the organizer.'],
    ['delete', 'Check the id of the meeting and the organizer.'],
    ['find', 'Check the link or the meeting id, and the organizer.'],
    [
      'update',
      'Check the id of the meeting, and the change against the Update onlineMeeting documentation.',
    ],
  ])('a rejected %s says what to check', (purpose, remedy) => {
    const error = answerToError(
      { status: 400, body: graphSays('BadRequest'), graphRequestId: undefined },
      purpose,
    );
    expect(error.remedy).toBe(`${remedy} The message contains Graph’s own error text.`);
  });

  test('quotes Graph up to a maximum length', () => {
    const { message } = answerToError(
      { status: 400, body: graphSays('BadRequest', 'x'.repeat(5_000)), graphRequestId: undefined },
      'create',
    );
    expect(message.startsWith('Microsoft Graph returned 400 (BadRequest: xxx')).toBe(true);
    expect(message.length).toBeLessThan(400);
  });
});
