import { browserPath, BrowserHarness } from '../../support/harness/browser';
import { StackHarness } from '../../support/harness/stack-harness';
import { textsOf } from '../../support/workbook/read-workbook';
import { row, text, workbookOf } from '../../support/workbook/workbook-parts';
import {
  choose,
  correct,
  downloaded,
  drop,
  expectFocus,
  expectSelected,
  heading,
  maxTestMs,
  PagePerson,
  paste,
} from './page-person';
import { movedWorkbook, schoolWorkbook } from './school-workbook';

// Without the program this is reported as skipped; the endpoints behind the page are tested without it too.
const describeInBrowser = browserPath === undefined ? describe.skip : describe;

describeInBrowser('the page, in a browser (Chromium is needed)', () => {
  const fixture = StackHarness.use({
    signIn: true,
    settings: {
      ALLOW_PAST_MEETINGS: 'false',
    },
  });
  const browser = BrowserHarness.use();

  const { signIn, comeBack, look } = new PagePerson(browser, () => address());
  const address = (): string => `${fixture.stack.url}/api/app`;

  test(
    'a school’s workbook becomes three hundred meetings, though Graph fails and the page is closed',
    async () => {
      const page = await browser.person({ timezoneId: 'Europe/Berlin' });
      await signIn(page, 'Anna Alves');
      await look(page, 'page-1-file');
      await choose(page, 'evening.xlsx', schoolWorkbook(300));
      await heading(page, 'What is in your columns?');

      await page.getByLabel(/^Title/).selectOption('text');
      await page.getByLabel('Title: text').fill('Parent evening {Pupil}');
      await expectSelected(page, /^Organizer/, 'Column D: Teacher e-mail');
      await expectSelected(page, /^Start: day/, 'Column G: Date');
      await expectSelected(page, /^Start: time/, 'Column H: Time');
      await expectSelected(page, /^Duration/, 'Column I: Minutes');
      await page.getByText('More options').click();
      await page.getByLabel('Who can bypass the lobby?').selectOption('value everyone');
      await look(page, 'page-2-columns');
      await page.getByRole('button', { name: 'Next' }).click();

      await page.getByText('3 of 300 rows need a correction.').waitFor();
      await look(page, 'page-3-check');
      await correct(page, 'Teacher e-mail, row 7', 'anna@contoso.com');
      await correct(page, 'Date, row 11', '15.01.2030');
      await correct(page, 'Time, row 13', '17:00');
      await page.getByText('All 300 rows are correct.').waitFor();
      await page.getByText('300 will be created').waitFor();
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
      await page.getByRole('button', { name: 'Create 300 meetings' }).click();
      await heading(page, /Your list is being processed|Your meetings are ready/);
      const link = page.url();
      expect(link).toMatch(/\/api\/app#\/list\/[\w-]{36,43}$/);
      expect(await page.title()).not.toContain(link.split('/').at(-1));
      const context = page.context();
      await page.close();

      const again = await context.newPage();
      await again.goto(link);
      await again
        .getByRole('heading', { name: 'Your meetings are ready' })
        .waitFor({ timeout: maxTestMs });
      await again.getByText('300 created').waitFor();
      await look(again, 'page-5-done');
      expect(fixture.stack.graph.meetings.list()).toHaveLength(300);

      const { name, bytes } = await downloaded(again, 'Download your sheet with the links');
      expect(name).toBe('evening – Teams.xlsx');
      const texts = textsOf(bytes, 'Evening');
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

  test(
    'next week it moves to Thursday: the sheet that came back is changed, dropped, looked at and sent, in Portuguese',
    async () => {
      const { graph } = fixture.stack;
      graph.reset();
      const page = await browser.person({ locale: 'pt-PT', timezoneId: 'Europe/Lisbon' });
      await signIn(page, 'Anna Alves', 'Iniciar sessão');
      await choose(page, 'reuniões.xlsx', schoolWorkbook(4));
      await heading(page, 'O que está nas suas colunas?');
      await page.getByLabel(/^Título/).selectOption('text');
      await page.getByLabel('Título: texto').fill('Reunião {Pupil}');
      await page.getByLabel('Calendário e convites').selectOption('value true');
      await page.getByLabel('Local, no convite').selectOption('text');
      await page.getByLabel('Local, no convite: texto').fill('Sala 3');
      await look(page, 'calendar');
      await page.getByRole('button', { name: 'Continuar' }).click();
      await page.getByText('Há 1 de 4 linhas para corrigir.').waitFor();
      await correct(page, 'Teacher e-mail, linha 7', 'anna@contoso.com');
      await page.getByText('4 vão ser criadas').waitFor();
      await page.getByText('4 e-mails vão para participantes').click();
      await page.getByText('Linha 5: parent2@example.com').waitFor();
      await page.getByRole('button', { name: 'Continuar' }).click();
      await page.getByText('4 e-mails para participantes').waitFor();
      await page.getByRole('button', { name: 'Criar 4 reuniões' }).click();
      await heading(page, 'As suas reuniões estão prontas');
      const { bytes } = await downloaded(page, 'Transferir a sua folha com as ligações');
      const [, , header = [], , , , row7 = []] = textsOf(bytes);
      expect(row7[header.indexOf('Teacher e-mail')]).toBe('anna@contoso.com');
      expect(row7[header.indexOf('correctedCells')]).toBe(
        'Teacher e-mail: "anna.contoso.com" → "anna@contoso.com"',
      );

      await page.getByRole('link', { name: 'Nova lista' }).click();
      await drop(page, 'reuniões – Teams.xlsx', movedWorkbook(bytes));
      await heading(page, 'O que está nas suas colunas?');
      expect(await page.getByLabel('Título: texto').inputValue()).toBe('Reunião {Pupil}');
      await page.getByRole('button', { name: 'Continuar' }).click();
      await page.getByText('3 vão ser alteradas').waitFor();
      await page.getByText('1 vai ser cancelada').waitFor();
      await page
        .getByText(/^Linha 4: Início: terça-feira, 15 .* → quinta-feira, 17 de janeiro de 2030/)
        .waitFor();
      await look(page, 'difference');
      await page.getByRole('button', { name: 'Continuar' }).click();
      await look(page, 'changes');
      await page.getByRole('button', { name: 'Fazer 4 alterações' }).click();
      await heading(page, 'Está feito');
      await page.getByText('3 alteradas').waitFor();
      await page.getByText('1 cancelada').waitFor();
      const starts = graph.meetings.list().map(({ meeting }) => meeting.startDateTime);
      expect(starts.map((start) => start.slice(0, 10))).toEqual(Array(3).fill('2030-01-17'));
      const mails = graph.events.mails.map(({ kind }) => kind);
      expect(mails.filter((kind) => kind === 'invitation')).toHaveLength(4);
      expect(mails.filter((kind) => kind === 'cancellation')).toHaveLength(1);

      await page.getByRole('link', { name: 'Nova lista' }).click();
      await choose(page, 'reuniões.xlsx', schoolWorkbook(2));
      await page.getByRole('button', { name: 'Continuar' }).click();
      await page.getByText('Já enviou uma lista com este nome.').waitFor();
      await page.context().close();
    },
    maxTestMs,
  );

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
      const lines = [
        'Betreff\tDatum\tUhrzeit\tDauer',
        'Elternabend\t04.05.2030\t14:00\t30',
        'Elternrat\t05.05.2030\t15 Uhr\tlang',
        'Elternbeirat\t06.05.2030\t16:00\tlang',
      ];
      await paste(page, lines);
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
      await cell.press('Tab');
      await expectFocus(page, 'In alle 2 Zellen mit „lang“ schreiben');
      await page.keyboard.press('Enter');
      await page.getByText('Alle 3 Zeilen sind richtig.').waitFor();
      await expectFocus(page, 'Dauer, Zeile 3');
      await page.getByRole('button', { name: 'Weiter' }).click();
      await look(page, 'narrow-4');
      const { graph } = fixture.stack;
      graph.setFaults({
        rules: [{ match: { method: 'POST' }, count: 1, fault: { kind: 'status', status: 403 } }],
      });
      await page.getByRole('button', { name: '3 Besprechungen anlegen' }).click();
      await heading(page, 'Ihre Besprechungen sind da');
      await page.getByText('1 nicht angelegt').waitFor();
      await page.getByRole('button', { name: 'Diese noch einmal versuchen' }).click();
      await page.getByText('3 angelegt').waitFor();
      await look(page, 'narrow-5');
      const startsOf = (): readonly unknown[] =>
        graph.meetings
          .list()
          .slice(before)
          .map(({ meeting }) => meeting.startDateTime);
      expect(startsOf()).toHaveLength(3);
      const list = page.url();

      await page.getByText('Eine Besprechung verschieben oder absagen (3)').click();
      await page.getByRole('columnheader', { name: 'Beginn (Europe/Berlin)' }).waitFor();
      await page.getByLabel('Suchen').fill('elternabend');
      await page.getByRole('button', { name: 'Zeile 2 ändern' }).click();
      await look(page, 'narrow-one');
      await page.getByLabel('Neuer Tag').fill('2030-05-09');
      await page.getByRole('button', { name: 'Besprechung verschieben' }).click();
      await heading(page, 'Erledigt');
      await page.getByText('1 geändert').waitFor();
      expect(startsOf()).toContain('2030-05-09T12:00:00Z');

      await page.goto(list);
      await page.getByText('Eine Besprechung verschieben oder absagen (3)').click();
      await page.getByRole('button', { name: 'Zeile 3 ändern' }).click();
      await page.getByRole('button', { name: 'Besprechung absagen' }).click();
      await page.getByText('1 abgesagt').waitFor();
      expect(startsOf()).toHaveLength(2);

      await page.goto(address());
      await heading(page, 'Wählen Sie Ihre Tabelle');
      await paste(page, lines);
      await heading(page, 'Was steht in Ihren Spalten?');
      await page.getByRole('button', { name: 'Weiter' }).click();
      await page.getByLabel('Dauer, Zeile 3').fill('45');
      await page.getByRole('button', { name: 'In alle 2 Zellen' }).click();
      await page.getByText('Die Besprechung einer Zeile wurde abgesagt').waitFor();
      await page
        .getByRole('button', { name: 'Für diese Zeilen neue Besprechungen anlegen' })
        .click();
      await page.getByText('Alle 3 Zeilen sind richtig.').waitFor();
      await page.getByRole('button', { name: 'Weiter' }).click();
      await page.getByRole('button', { name: '1 Änderung ausführen' }).click();
      await page.getByText('1 angelegt').waitFor();
      expect(startsOf()).toHaveLength(3);

      await page.goto(list);
      const undo = page.getByRole('button', { name: 'Diese Besprechungen absagen' });
      await undo.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Nein, behalten' }).click();
      await expectFocus(page, 'Diese Besprechungen absagen');
      await undo.click();
      await look(page, 'narrow-undo');
      await page.getByRole('button', { name: 'Ja, 3 Besprechungen absagen' }).click();
      await page.getByText('3 abgesagt').waitFor();
      expect(startsOf()).toEqual(['2030-05-05T13:00:00Z']);
      await page.context().close();
    },
    maxTestMs,
  );

  test(
    'a list is hidden from other users, and after signing in you are back at its address',
    async () => {
      const page = await browser.person({ locale: 'pt-PT' });
      await page.goto(`${address()}#/list/00000000-0000-4000-8000-000000000001`);
      await heading(page, 'Inicie sessão');
      expect(await page.getByRole('link', { name: 'Terminar sessão' }).count()).toBe(0);
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
    'the content of a workbook is shown as text only, and any other file is refused in words',
    async () => {
      const page = await browser.person();
      await comeBack(page, 'Anna Alves');
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
      await page.getByRole('alert').filter({ hasText: 'This file is empty.' }).waitFor();
      await page.route('**/open-text-*.js', (route) => route.fulfill({ status: 404 }));
      await choose(page, 'list.csv', 'Title;Start\nPiano;2030-01-15 15:00\n');
      await page.getByRole('alert').filter({ hasText: 'Reload the page, and choose' }).waitFor();
      expect(dialogs).toBe(0);
      await page.context().close();
    },
    maxTestMs,
  );

  test(
    'a list without organizers is made by a pool of them',
    async () => {
      const page = await browser.person({ timezoneId: 'Europe/Berlin' });
      await comeBack(page, 'Anna Alves');
      await choose(page, 'lessons.csv', 'Title;Start;Minutes\nPiano;2030-01-15 15:00;45\n');
      await heading(page, 'What is in your columns?');
      await page.getByText('Still needed: Organizer (email)').waitFor();
      await page.getByLabel(/^Organizer pool/).selectOption('value teachers');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('teachers').waitFor();
      await page.getByRole('button', { name: 'Create 1 meeting' }).click();
      await page.getByText('1 created').waitFor();
      const made = fixture.stack.graph.meetings.list().map(({ meeting }) => meeting.subject);
      expect(made.filter((subject) => subject === 'Piano')).toHaveLength(1);
      await page.context().close();
    },
    maxTestMs,
  );

  test('the page calls nobody else, and nothing in it is stopped by its own policy', () => {
    expect([...browser.hosts]).toEqual([new URL(fixture.stack.url).host]);
    expect(browser.complaints).toEqual([]);
  });
});
