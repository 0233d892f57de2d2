import { makeGraphDirectory } from '../../../src/adapters/graph/directory';
import type { Graph } from '../../../src/adapters/graph/client';

const options = { deadline: Infinity, requestId: 'r1' } as never;
const id = 'dc17674c-81d9-4adb-bfb2-8f6a442e4606';

const answering = (users: readonly object[]) =>
  makeGraphDirectory((() => Promise.resolve({ body: { value: users } })) as unknown as Graph, 0);

test.each(['guest@fabrikam.com', 'guest_fabrikam.com#EXT#@contoso.onmicrosoft.com'])(
  'the guest %s cannot organize',
  async (name) => {
    const directory = answering([{ id, userPrincipalName: name, userType: 'Guest' }]);
    await expect(directory.findUserId(name, options)).rejects.toMatchObject({
      code: 'organizerNotFound',
      message: 'The organizer is a guest, and guests cannot organize meetings.',
    });
  },
);

test.each(['Member', null, undefined])('a user of type %p can organize', async (userType) => {
  const directory = answering([{ id, userPrincipalName: 'a@x.org', userType }]);
  await expect(directory.findUserId('a@x.org', options)).resolves.toBe(id);
});
