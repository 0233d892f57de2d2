import { batchChoices } from '../../src/choices/batches';
import { organizerChoices, type Person } from '../../src/choices/organizers';
import { timeZoneChoices } from '../../src/choices/time-zones';
import { makeGraphPeople } from '../../src/adapters/graph/people';
import type { Graph } from '../../src/adapters/graph/client';
import { findTimeZone } from '../../src/requests/time/time-zones';
import { aRow, asBody, BatchHarness, someRows } from '../support/harness/batch-harness';

describe('time zones', () => {
  test('are ordered from west to east, as in Windows', () => {
    const choices = timeZoneChoices();
    expect(choices[0]).toEqual({
      value: 'Dateline Standard Time',
      title: '(UTC-12:00) International Date Line West',
    });
    expect(choices).toContainEqual({
      value: 'W. Europe Standard Time',
      title: '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
    });
    expect(choices.at(-1)?.title).toMatch(/^\(UTC\+14:00\)/);
  });

  const offsetOf = (name: string): number =>
    findTimeZone(name)?.offsetAt(Date.UTC(2030, 0)) ?? Number.NaN;

  test('can each be sent, by value and by title', () => {
    for (const { value, title } of timeZoneChoices())
      expect([title, offsetOf(title)]).toEqual([title, offsetOf(value)]);
  });
});

describe('batches', () => {
  test('are those of the last week, newest first, without previews', async () => {
    const batches = new BatchHarness();
    const run = async (rows: readonly object[], preview = false): Promise<string> => {
      batches.time.advance(60_000);
      const { batch } = await batches.accept({
        body: asBody(rows),
        ...(preview && { preview: true }),
      });
      await batches.run();
      return batch.batchId;
    };
    await run([aRow(9)]);
    batches.time.advance(8 * 86_400_000);
    const first = await run(someRows(2));
    await run([aRow(3)], true);
    batches.time.advance(60_000);
    const { batch: running } = await batches.accept({ body: asBody([aRow(4)]) });
    const { index, index: finished } = batches;
    const deps = { batches: batches.batches, index, finished };
    expect(await batchChoices(batches.time.now(), deps)).toEqual([
      {
        value: running.batchId,
        title: expect.stringMatching(
          /^20\d\d-\d\d-\d\d \d\d:\d\d UTC, 1 row, accepted$/,
        ) as unknown,
      },
      { value: first, title: expect.stringMatching(/ UTC, 2 rows, finished$/) as unknown },
    ]);
  });
});

describe('organizers', () => {
  const asked: string[] = [];
  const peopleOf = (users: readonly object[]) =>
    makeGraphPeople((({ path }: { path: string }) => {
      asked.push(decodeURIComponent(path));
      return Promise.resolve({ body: { value: users } });
    }) as unknown as Graph);
  const options = { deadline: Infinity };

  test('are users with their address, neither guests nor disabled ones', async () => {
    const member = { userType: 'Member', accountEnabled: true };
    const people = peopleOf([
      { ...member, displayName: 'Ben', userPrincipalName: 'ben@contoso.com' },
      { ...member, displayName: 'Anna', userPrincipalName: 'anna@contoso.com' },
      { displayName: 'Guest', userPrincipalName: 'g#EXT#@contoso.com', userType: 'Guest' },
      {
        ...member,
        displayName: 'Gone',
        userPrincipalName: 'gone@contoso.com',
        accountEnabled: false,
      },
    ]);
    expect(await organizerChoices('', people, options)).toEqual([
      { value: 'anna@contoso.com', title: 'Anna (anna@contoso.com)' },
      { value: 'ben@contoso.com', title: 'Ben (ben@contoso.com)' },
    ]);
  });

  test('are searched by their beginning; a quote stays text', async () => {
    const none: readonly Person[] = [];
    await organizerChoices("O'Ne", peopleOf(none), options);
    expect(asked.at(-1)).toContain(
      "$filter=startswith(displayName,'O''Ne') or startswith(userPrincipalName,'O''Ne') or startswith(mail,'O''Ne')",
    );
  });
});
