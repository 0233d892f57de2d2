// A program that uses Microsoft's Graph client against Convoke: only the host of the URL differs.
const { Client } = require('@microsoft/microsoft-graph-client');

const client = Client.initWithMiddleware({
  baseUrl: `${process.argv[2]}/api/`,
  authProvider: { getAccessToken: () => Promise.resolve('unused') },
});

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
      changed,
      gone: read(gone),
      error: read(error),
      missing: read(missing),
    }),
  );
}

void main();
