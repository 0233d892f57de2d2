import { browserPath, BrowserHarness } from '../../support/harness/browser';
import { StackHarness } from '../../support/harness/stack-harness';
import {
  choose,
  correct,
  downloaded,
  expectFocus,
  heading,
  maxTestMs,
  PagePerson,
} from './page-person';

const describeInBrowser = browserPath === undefined ? describe.skip : describe;

describeInBrowser('the steps of the page, in a browser (Chromium is needed)', () => {
  const fixture = StackHarness.use({
    signIn: true,
    settings: {
      ALLOW_PAST_MEETINGS: 'false',
    },
  });
  const browser = BrowserHarness.use();
  const address = (): string => `${fixture.stack.url}/api/app`;
  const { comeBack, signIn } = new PagePerson(browser, address);

  const evenings = [
    'Title;Organizer;Start;Minutes',
    'Piano;anna@contoso.com;2030-01-15 14:00;30',
    'Violin;anna@contoso.com;2030-01-16 14:00;30',
  ].join('\n');

  test(
    'a sheet is made only after its own check, also on the way back and forward',
    async () => {
      const page = await browser.person({ timezoneId: 'Europe/Berlin' });
      await signIn(page, 'Anna Alves');
      await choose(page, 'evenings.csv', evenings);
      await heading(page, 'What is in your columns?');
      await page.evaluate(`location.hash = '#/make'`);
      await heading(page, 'Check before anything is created');
      await page.getByText('All 2 rows are correct.').waitFor();
      await page.getByText('2 will be created').waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      await heading(page, 'Create the meetings');

      await page.getByRole('link', { name: 'Back' }).click();
      await heading(page, 'Check before anything is created');
      await page.goBack();
      await page.getByText('2 meetings', { exact: true }).waitFor();

      await page.evaluate(`location.hash = '#/columns'`);
      await page.getByLabel(/^Title/).selectOption('text');
      await page.getByLabel('Title: text').fill('Lesson');
      await page.evaluate(`location.hash = '#/make'`);
      await heading(page, 'Check before anything is created');
      await page.getByText('2 will be created').waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Create 2 meetings' }).click();
      await heading(page, 'Your meetings are ready');
      await page.goBack();
      await heading(page, 'Check before anything is created');
      await page.getByText('2 already exist').waitFor();
      expect(fixture.stack.graph.meetings.list()).toHaveLength(2);
      await page.context().close();
    },
    maxTestMs,
  );

  test(
    'a wrong cell left with Enter leads to the next one, and the last keeps the focus',
    async () => {
      const page = await browser.person({ timezoneId: 'Europe/Berlin' });
      await comeBack(page, 'Anna Alves');
      await choose(
        page,
        'wrong.csv',
        evenings.replaceAll(';30', ';long').replace('2030-01-16', '2020-01-16'),
      );
      await heading(page, 'What is in your columns?');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('2 of 2 rows need a correction.').waitFor();
      await correct(page, 'Minutes, row 2', '20');
      await expectFocus(page, 'Minutes, row 3');
      // Corrections are only in this tab.
      const [question] = await Promise.all([
        page.waitForEvent('dialog'),
        page.close({ runBeforeUnload: true }),
      ]);
      expect(question.type()).toBe('beforeunload');
      await question.dismiss();
      await correct(page, 'Minutes, row 3', '20');
      await page.getByText('1 of 2 rows needs a correction.').waitFor();
      await page.getByText('This meeting is already over.').waitFor();
      await expectFocus(page, 'Minutes, row 3');
      await correct(page, 'Start, row 3', '2030-01-16 14:00');
      await page.getByText('All 2 rows are correct.').waitFor();
      await expectFocus(page, 'Start, row 3');
      await page.context().close();
    },
    maxTestMs,
  );

  test(
    'step 4 says for whom, when and who gets mail; a row that already has another meeting is named',
    async () => {
      const page = await browser.person({ timezoneId: 'Europe/Berlin' });
      await comeBack(page, 'Anna Alves');
      const lessons = [
        'Title;Organizer;Start;Minutes;Participants',
        'Piano;anna@contoso.com;2030-01-15T23:30:00-05:00;30;"Mama, Eva <eva@example.org>; papa@example.org"',
        'Violin;Anna Alves <Anna@contoso.com>;2030-01-15T14:30:00;long;eva@example.org, EVA@example.org',
      ].join('\n');
      await choose(page, 'lessons.csv', lessons);
      await heading(page, 'What is in your columns?');
      await page.getByLabel('Calendar and invitations').selectOption('value true');
      await page.getByRole('button', { name: 'Next' }).click();
      await correct(page, 'Minutes, row 3', '20');
      await page.getByText('3 emails will be sent to participants when the meetings').click();
      await page.getByText('Row 2: eva@example.org, papa@example.org').waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      await heading(page, 'Create the meetings');
      expect(await page.locator('dd').allTextContents()).toEqual([
        '2 meetings',
        'anna@contoso.com ',
        // Browsers differ in the comma.
        expect.stringMatching(
          /^Tuesday,? 15 January 2030 at 14:30 to Wednesday,? 16 January 2030 at 05:30 \(Europe\/Berlin\)$/,
        ),
        '3 emails to participants',
      ]);
      await page.getByRole('button', { name: 'Create 2 meetings' }).click();
      await heading(page, 'Your meetings are ready');

      await page.getByRole('link', { name: 'New list' }).click();
      await choose(page, 'lessons.csv', lessons);
      await page.getByRole('button', { name: 'Next' }).click();
      await correct(page, 'Minutes, row 3', '45');
      await page.getByText('Row 3: This row already has a meeting with other values.').waitFor();
      expect(await page.getByText('This applies to all rows').count()).toBe(0);
      await page.context().close();
    },
    maxTestMs,
  );

  test(
    'a sheet that came back gets a row, and the next one is sent as it came back: nothing is made twice or lost',
    async () => {
      const page = await browser.person({ timezoneId: 'Europe/Berlin' });
      await comeBack(page, 'Anna Alves');
      /** Sends a sheet whose rows do this, and downloads it. */
      const send = async (name: string, content: string, does: RegExp, button: string) => {
        await page.goto(`${address()}#/file`);
        await choose(page, name, content);
        await heading(page, 'What is in your columns?');
        await page.getByRole('button', { name: 'Next' }).click();
        await page.getByText(does).waitFor();
        await page.getByRole('button', { name: 'Next' }).click();
        await page.getByRole('button', { name: button }).click();
        await page.getByText('Next time, send the downloaded sheet.').waitFor();
        return downloaded(page, 'Download your sheet with the links');
      };
      const sheet =
        'Title;Status;Organizer;Start;Duration;Remark\n' +
        'Choir;open;anna@contoso.com;2030-01-21 15:00;45;x\n' +
        'Drums;done;anna@contoso.com;2030-01-22 15:00;45;y\n';
      const first = await send('club.csv', sheet, /^2 will be created/, 'Create 2 meetings');
      const withRow = `${first.bytes.toString()}Flute;new;anna@contoso.com;2030-01-23 15:00;45;z\r\n`;
      const second = await send(first.name, withRow, /^1 will be created/, 'Apply 1 change');
      const third = await send(
        second.name,
        second.bytes.toString(),
        /^3 already exist/,
        'No changes',
      );
      expect([first.name, second.name, third.name]).toEqual(Array(3).fill('club – Teams.csv'));
      expect(
        third.bytes
          .toString()
          .trimEnd()
          .split('\r\n')
          .map((line) => line.replace(/;(?:status|unchanged);.*$/s, '')),
      ).toEqual([
        '\uFEFFTitle;Status;Organizer;Start;Duration;Remark;requestId',
        expect.stringMatching(/^Choir;open;anna@contoso.com;2030-01-21 15:00;45;x;sheet-\w{16}-2$/),
        expect.stringMatching(/^Drums;done;anna@contoso.com;2030-01-22 15:00;45;y;sheet-\w{16}-3$/),
        expect.stringMatching(/^Flute;new;anna@contoso.com;2030-01-23 15:00;45;z;sheet-\w{16}-4$/),
      ]);
      const made = fixture.stack.graph.meetings.list().map(({ meeting }) => meeting.subject ?? '');
      const wanted = made.filter((subject) => /^(?:Choir|Drums|Flute)$/.test(subject));
      expect(wanted.toSorted()).toEqual(['Choir', 'Drums', 'Flute']);

      await page.getByText('Move or cancel one meeting (3)').click();
      await page.getByRole('button', { name: 'Change row 2' }).click();
      await page.getByRole('button', { name: 'Cancel the meeting' }).click();
      await page.getByText('1 cancelled').waitFor();
      const { name } = await downloaded(page, 'Download the results');
      expect(name).toBe('club – Teams – row 2.csv');
      expect(await page.getByText('Next time, send the downloaded sheet.').count()).toBe(0);
      await page.context().close();
    },
    maxTestMs,
  );
});
