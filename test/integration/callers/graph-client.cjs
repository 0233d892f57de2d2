// A program that uses Microsoft's Graph client against Convoke: only the host of the URL differs.
const { Client } = require('@microsoft/microsoft-graph-client');

const client = Client.initWithMiddleware({
  baseUrl: `${process.argv[2]}/api/`,
  authProvider: { getAccessToken: () => Promise.resolve('unused') },
});

/** The same for the person who is signed in, whom App Service names in a header. */
async function ownMeetings(body, filter) {
  const me = (path) => client.api(path).header('X-MS-CLIENT-PRINCIPAL', process.argv[3]);
  const path = '/me/onlineMeetings';
  const created = await me(path).header('Idempotency-Key', 'graph-client-me').post(body);
  const kept = await me(`${path}/createOrGet`).post({ ...body, externalId: 'graph-client-me' });
  const place = `${path}/${encodeURIComponent(created.id)}`;
  const read = await me(place).get();
  const found = await me(path).filter(filter).get();
  const changed = await me(place).patch({ subject: 'Changed' });
  await me(place).delete();
  const gone = await me(place)
    .get()
    .catch((thrown) => thrown);
  return { created, kept, read, found, changed, gone: { statusCode: gone.statusCode } };
}

async function main() {
  const path = '/users/anna@contoso.com/onlineMeetings';
  const body = {
    subject: 'From the Graph client',
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:00:00Z',
  };
  const created = await client.api(path).header('Idempotency-Key', 'graph-client').post(body);
  const repeated = await client.api(path).header('Idempotency-Key', 'graph-client').post(body);
  const kept = await client
    .api(`${path}/createOrGet`)
    .post({ ...body, externalId: 'graph-client' });
  const place = `${path}/${encodeURIComponent(created.id)}`;
  const got = await client.api(place).get();
  const found = await client.api(path).filter(`JoinWebUrl eq '${created.joinWebUrl}'`).get();
  const { joinMeetingId } = created.joinMeetingIdSettings;
  const byMeetingId = `joinMeetingIdSettings/joinMeetingId eq '${joinMeetingId}'`;
  const foundById = await client.api(path).filter(byMeetingId).get();
  const mine = await ownMeetings(body, byMeetingId);
  const changed = await client.api(place).patch({ subject: 'Changed' });
  await client.api(place).delete();
  const gone = await client
    .api(place)
    .get()
    .catch((thrown) => thrown);
  const error = await client
    .api('/users/nobody@contoso.com/onlineMeetings')
    .post(body)
    .catch((thrown) => thrown);
  const missing = await client
    .api('/me/events')
    .get()
    .catch((thrown) => thrown);
  const read = ({ statusCode, code, message, requestId }) => ({
    statusCode,
    code,
    message,
    requestId,
  });
  process.stdout.write(
    JSON.stringify({
      created,
      repeated,
      kept,
      read: got,
      found,
      foundById,
      mine,
      changed,
      gone: read(gone),
      error: read(error),
      missing: read(missing),
    }),
  );
}

void main();
