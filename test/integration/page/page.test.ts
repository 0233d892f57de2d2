import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { browserPath, BrowserHarness } from '../../support/harness/browser';
import { StackHarness } from '../../support/harness/stack-harness';
import { textsOf } from '../../support/workbook/read-workbook';
import { row, text, workbookOf } from '../../support/workbook/workbook-parts';
import { schoolWorkbook } from './school-workbook';

const maxTestMs = 180_000;
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

// Without the program this is reported as skipped; the endpoints behind the page are tested without it too.
const describeInBrowser = browserPath === undefined ? describe.skip : describe;

describeInBrowser('the page, in a browser (Chromium is needed)', () => {
  const fixture = StackHarness.use({
    signIn: true,
    settings: {
      ALLOW_PAST_MEETINGS: 'false',
      // A person waits for each list, and the queues are idle before it.
      AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.250',
    },
  });
  const browser = BrowserHarness.use();

  const address = (): string => `${fixture.stack.url}/api/app`;

  async function signIn(page: Page, user: string, button = 'Sign in'): Promise<void> {
    await page.goto(address());
    await page.getByRole('link', { name: button, exact: true }).click();
    await page.getByRole('link', { name: `Sign in as ${user}` }).click();
    await page.locator('input[type=file]').waitFor();
  }

  const choose = (page: Page, name: string, content: Buffer | string): Promise<void> =>
    page.setInputFiles('input[type=file]', {
      name,
      mimeType: name.endsWith('.xlsx') ? workbookType : 'text/csv',
      buffer: Buffer.from(content),
    });

  const paste = (page: Page, lines: readonly string[]): Promise<unknown> =>
    page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', ${JSON.stringify(lines.join('\n'))});
      dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    }`);

  const heading = (page: Page, name: string | RegExp) =>
    page.getByRole('heading', { name, level: 1 }).waitFor();

  async function correct(page: Page, label: string, value: string): Promise<void> {
    const cell = page.getByLabel(label);
    await cell.fill(value);
    await cell.press('Enter');
  }

  /** It is for everybody. Names that begin with `page-` are those of pictures in the documentation. */
  async function look(page: Page, name: string): Promise<void> {
    expect([name, await browser.faultsIn(page)]).toEqual([name, []]);
    if (name.startsWith('page-')) await browser.picture(page, name);
  }

  test(
    'a school’s workbook becomes three hundred meetings, though Graph fails and the page is closed',
    async () => {
      const page = await browser.person({ timezoneId: 'Europe/Berlin' });
      await signIn(page, 'Anna Alves');
      await look(page, 'page-1-file');
      const started = Date.now();
      await choose(page, 'evening.xlsx', schoolWorkbook(300));
      await heading(page, 'What is in your columns?');
      expect(Date.now() - started).toBeLessThan(10_000);

      await page.getByLabel(/^Title/).selectOption('text');
      await page.getByLabel('Title: text').fill('Parent evening {Pupil}');
      await expectSelected(page, /^Organizer/, 'Column D: Teacher e-mail');
      await expectSelected(page, /^Start: day/, 'Column G: Date');
      await expectSelected(page, /^Start: time/, 'Column H: Time');
      await expectSelected(page, /^Duration/, 'Column I: Minutes');
      await page.getByText('More options').click();
      await page.getByLabel('Who comes straight in?').selectOption('value everyone');
      await look(page, 'page-2-columns');
      await page.getByRole('button', { name: 'Next' }).click();

      await page.getByText('3 of 300 rows need a correction.').waitFor();
      await look(page, 'page-3-check');
      await correct(page, 'Teacher e-mail, row 7', 'anna@contoso.com');
      await correct(page, 'Date, row 11', '15.01.2030');
      await correct(page, 'Time, row 13', '17:00');
      await page.getByText('All 300 rows are right.').waitFor();
      await page.getByText('300 will be made').waitFor();
      await look(page, 'corrected');
      await page.getByRole('button', { name: 'Next' }).click();
      await look(page, 'page-4-make');

      fixture.stack.graph.setFaults({
        rules: [
          { count: 5, fault: { kind: 'status', status: 429, retryAfterSeconds: 1 } },
          { match: { method: 'POST' }, count: 5, fault: { kind: 'drop', when: 'after' } },
          { count: 5, fault: { kind: 'status', status: 503 } },
        ],
      });
      await page.getByRole('button', { name: 'Make 300 meetings' }).click();
      await heading(page, /The meetings are being made|Your meetings are there/);
      const link = page.url();
      expect(link).toMatch(/\/api\/app#\/list\/[\w-]{36,43}$/);
      expect(await page.title()).not.toContain(link.split('/').at(-1));
      const context = page.context();
      await page.close();

      const again = await context.newPage();
      await again.goto(link);
      await again
        .getByRole('heading', { name: 'Your meetings are there' })
        .waitFor({ timeout: maxTestMs });
      await again.getByText('300 made').waitFor();
      await look(again, 'page-5-done');
      expect(fixture.stack.graph.meetings.list()).toHaveLength(300);

      const [download] = await Promise.all([
        again.waitForEvent('download'),
        again.getByRole('button', { name: 'Download your sheet with the links' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('evening – Teams.xlsx');
      const texts = textsOf(await readFile(await download.path()), 'Evening');
      expect(texts[0]?.[0]).toBe('Parent-teacher evening');
      const place =
        texts.find((cells) => cells.includes('joinWebUrl'))?.indexOf('joinWebUrl') ?? -1;
      const links = texts.flatMap((cells) => cells[place] ?? []).filter(isJoinLink);
      expect(new Set(links).size).toBe(300);

      await again.getByRole('link', { name: 'My lists' }).click();
      await again.getByRole('link', { name: 'evening.xlsx' }).waitFor();
      await look(again, 'lists');
      await context.close();
    },
    maxTestMs,
  );

  const isJoinLink = (cell: string): boolean =>
    cell.startsWith('https://teams.microsoft.com/l/meetup-join/');

  async function expectSelected(page: Page, label: RegExp, option: string): Promise<void> {
    const selected = page.getByLabel(label).first().locator('option:checked');
    expect(await selected.textContent()).toBe(option);
  }

  test(
    'pasted cells, in German, on a narrow dark screen, by somebody who makes meetings of their own; and undone',
    async () => {
      const before = fixture.stack.graph.meetings.list().length;
      const page = await browser.person({
        locale: 'de-DE',
        timezoneId: 'Europe/Berlin',
        colorScheme: 'dark',
        viewport: { width: 320, height: 640 },
      });
      await signIn(page, 'Ben Okafor', 'Anmelden');
      await look(page, 'narrow-1');
      await paste(page, [
        'Betreff\tDatum\tUhrzeit\tDauer',
        'Elternabend\t04.05.2030\t14:00\t30',
        'Elternrat\t05.05.2030\t15 Uhr\tlang',
        'Elternbeirat\t06.05.2030\t16:00\tlang',
      ]);
      await heading(page, 'Was steht in Ihren Spalten?');
      await page.getByText('Die Besprechungen sind Ihre eigenen').waitFor();
      expect(await page.getByLabel(/^Organisator/).count()).toBe(0);
      await page.getByText('Es fehlt noch: wie die Daten geschrieben sind').waitFor();
      await page.getByLabel('Tag zuerst').check();
      await look(page, 'narrow-2');
      await page.getByRole('button', { name: 'Weiter' }).click();

      await page.getByText('2 von 3 Zeilen zu berichtigen.').waitFor();
      const cell = page.getByLabel('Dauer, Zeile 3');
      await cell.fill('45');
      await look(page, 'narrow-3');
      await page.getByRole('button', { name: 'In alle 2 Zellen' }).click();
      await page.getByText('Alle 3 Zeilen sind richtig.').waitFor();
      await page.getByRole('button', { name: 'Weiter' }).click();
      await look(page, 'narrow-4');
      await page.getByRole('button', { name: '3 Besprechungen anlegen' }).click();
      await heading(page, 'Ihre Besprechungen sind da');
      await page.getByText('3 angelegt').waitFor();
      await look(page, 'narrow-5');
      const own = fixture.stack.graph.meetings.list().slice(before);
      expect(own).toHaveLength(3);

      await page.getByRole('button', { name: 'Diese Besprechungen absagen' }).click();
      await look(page, 'narrow-undo');
      await page.getByRole('button', { name: 'Ja, 3 Besprechungen absagen' }).click();
      await page.getByText('3 abgesagt').waitFor();
      expect(fixture.stack.graph.meetings.list()).toHaveLength(before);
      await page.context().close();
    },
    maxTestMs,
  );

  test(
    'a list is not there for a stranger, and after signing in one is where one wanted to be',
    async () => {
      const page = await browser.person({ locale: 'pt-PT' });
      await page.goto(`${address()}#/list/00000000-0000-4000-8000-000000000001`);
      await heading(page, 'Inicie sessão');
      await look(page, 'sign-in');
      await page.getByRole('link', { name: 'Iniciar sessão' }).click();
      await page.getByRole('link', { name: 'Sign in as Ben' }).click();
      await page.getByText('Essa lista não existe, ou não é sua.').waitFor();
      expect(page.url()).toContain('#/list/00000000');
      await page.context().close();
    },
    maxTestMs,
  );

  test(
    'what is in a workbook is text and nothing else, and what is none is refused in words',
    async () => {
      const page = await browser.person();
      await signIn(page, 'Anna Alves');
      const script = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
      const hostile = workbookOf({
        sheets: [
          {
            name: script.slice(0, 28),
            rows:
              row([text(`Title`), text('Start'), text(script)]) +
              row([text(script), text(`=HYPERLINK("x")`), text(script)]),
          },
        ],
      });
      let dialogs = 0;
      page.on('dialog', (dialog) => {
        dialogs += 1;
        void dialog.dismiss();
      });
      await choose(page, `${script}.xlsx`, Buffer.from(hostile));
      await heading(page, 'What is in your columns?');
      expect(await page.locator('main img, main script').count()).toBe(0);
      await page.getByText(`First row: ${script}`).waitFor();

      await page.getByRole('link', { name: 'Back' }).click();
      await choose(page, 'broken.xlsx', 'PK\u0003\u0004 and nothing else');
      await page.getByRole('alert').filter({ hasText: 'The file cannot be read.' }).waitFor();
      await choose(page, 'empty.csv', '');
      await page.getByRole('alert').filter({ hasText: 'There is nothing in this file.' }).waitFor();
      expect(dialogs).toBe(0);
      await page.context().close();
    },
    maxTestMs,
  );

  test('the page calls nobody else, and nothing in it is stopped by its own policy', () => {
    expect([...browser.hosts]).toEqual([new URL(fixture.stack.url).host]);
    expect(browser.complaints).toEqual([]);
  });
});
