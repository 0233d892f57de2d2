import { browserPath, BrowserHarness } from '../../support/harness/browser';
import { StackHarness } from '../../support/harness/stack-harness';
import { choose, heading, maxTestMs, PagePerson } from './page-person';

// Without the program this is reported as skipped.
const describeInBrowser = browserPath === undefined ? describe.skip : describe;

describeInBrowser('the columns of a sheet, in a browser (Chromium is needed)', () => {
  const fixture = StackHarness.use({ signIn: true });
  const browser = BrowserHarness.use();
  const { signIn, comeBack, look } = new PagePerson(browser, () => `${fixture.stack.url}/api/app`);

  test(
    'another row of headings: it must have rows below, and brings no hidden organizer back',
    async () => {
      const page = await browser.person({ timezoneId: 'Europe/Berlin' });
      await signIn(page, 'Ben Okafor');
      const lines = [
        'Lessons;of;our;school',
        'Title;Organizer;Start;Minutes',
        'Piano;anna@contoso.com;2030-01-15 15:00;45',
      ];
      await choose(page, 'lessons.csv', lines.join('\n'));
      await heading(page, 'What is in your columns?');
      const headerRow = page.getByLabel('The headings are in row');
      const change = async (row: string): Promise<void> => {
        await headerRow.fill(row);
        await headerRow.press('Enter');
      };
      await change('99');
      await page.getByRole('alert').filter({ hasText: 'Row 99 has no headings' }).waitFor();
      expect(await headerRow.inputValue()).toBe('2');
      await change('1');
      await page.getByText('Your sheet has 2 rows.').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      await change('2');
      await page.getByText('Your sheet has 1 row.').waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('1 will be created').waitFor();
      await page.context().close();
    },
    maxTestMs,
  );

  test(
    'the example of the first row is the text of the cell, and an unknown name in braces is reported',
    async () => {
      const page = await browser.person({ timezoneId: 'Europe/Berlin' });
      await comeBack(page, 'Ben Okafor');
      const lines = ['Talk;Day;Time;Minutes', 'Ti A;2030-01-15;15:00:00;45'];
      await choose(page, 'lessons.csv', lines.join('\n'));
      await heading(page, 'What is in your columns?');
      await page.getByText('First row: 15:00', { exact: true }).waitFor();
      await page.getByLabel(/^Title/).selectOption('text');
      await page.getByLabel('Title: text').fill('Talk {Talk} {Nope}');
      await page.getByText('First row: Talk Ti A {Nope}', { exact: true }).waitFor();
      const status = page.getByRole('status').filter({ hasText: 'Nope' });
      expect(await status.textContent()).toBe('No column is called “Nope”.');
      await look(page, 'unknown-name');
      await page.context().close();
    },
    maxTestMs,
  );
});
