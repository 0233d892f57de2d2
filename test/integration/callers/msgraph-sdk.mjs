// A program that uses Microsoft's Graph SDK against Convoke: only the host of the URL differs.
import { AnonymousAuthenticationProvider } from '@microsoft/kiota-abstractions';
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import '@microsoft/msgraph-sdk-users';

const adapter = new GraphRequestAdapter(new AnonymousAuthenticationProvider());
adapter.baseUrl = `${process.argv[2]}/api/v1.0`;
const client = createGraphServiceClient(adapter);

const body = {
  subject: 'From the Graph SDK',
  startDateTime: new Date('2026-12-01T14:30:00Z'),
  endDateTime: new Date('2026-12-01T15:00:00Z'),
  lobbyBypassSettings: { scope: 'everyone', isDialInBypassEnabled: true },
};
const meetingsOf = (user) => client.users.byUserId(user).onlineMeetings;
const created = await meetingsOf('anna@contoso.com').post(body);
const kept = await meetingsOf('anna@contoso.com').createOrGet.post({
  subject: body.subject,
  externalId: 'msgraph-sdk',
});
const stored = meetingsOf('anna@contoso.com').byOnlineMeetingId(created.id);
const got = await stored.get();
const found = await meetingsOf('anna@contoso.com').get({
  queryParameters: { filter: `JoinWebUrl eq '${created.joinWebUrl}'` },
});
const filter = `joinMeetingIdSettings/joinMeetingId eq '${created.joinMeetingIdSettings.joinMeetingId}'`;
const foundById = await meetingsOf('anna@contoso.com').get({ queryParameters: { filter } });
const changed = await stored.patch({ subject: 'Changed' });
await stored.delete();
const gone = await stored.get().catch((thrown) => thrown);

/** The same for the signed-in person, whom App Service names in a header. */
const signedIn = { headers: { 'X-MS-CLIENT-PRINCIPAL': process.argv[3] } };
const mine = client.me.onlineMeetings;
const own = await mine.post(body, signedIn);
const ownKept = await mine.createOrGet.post({ externalId: 'msgraph-sdk-me' }, signedIn);
const ownStored = mine.byOnlineMeetingId(own.id);
const ownFilter = `JoinWebUrl eq '${own.joinWebUrl}'`;
const ownFound = await mine.get({ ...signedIn, queryParameters: { filter: ownFilter } });
const ownRead = await ownStored.get(signedIn);
const ownChanged = await ownStored.patch({ subject: 'Changed' }, signedIn);
await ownStored.delete(signedIn);
const ownGone = await ownStored.get(signedIn).catch((thrown) => thrown);
const missing = await client.users
  .byUserId('anna@contoso.com')
  .get()
  .catch((thrown) => thrown);
const error = await meetingsOf('nobody@contoso.com')
  .post(body)
  .catch((thrown) => thrown);
const read = (thrown) => ({
  status: thrown.responseStatusCode,
  code: thrown.errorEscaped?.code,
  message: thrown.message,
});
process.stdout.write(
  JSON.stringify({
    created,
    kept,
    got,
    found: found.value,
    foundById: foundById.value,
    mine: {
      kept: ownKept,
      found: ownFound.value.map(({ id }) => id === own.id),
      read: ownRead,
      changed: ownChanged,
      gone: ownGone.responseStatusCode,
    },
    changed,
    gone: read(gone),
    error: read(error),
    missing: read(missing),
  }),
);
