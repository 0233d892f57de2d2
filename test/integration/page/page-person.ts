import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import type { BrowserHarness } from '../../support/harness/browser';

/** Time limit on a busy machine. */
export const maxTestMs = 240_000;

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The actions of a person on the page, step by step. */
export class PagePerson {
  readonly #browser: BrowserHarness;
  readonly #address: () => string;
  /** The cookies of people who have signed in before. */
  readonly #sessions = new Map<string, StorageState>();

  constructor(browser: BrowserHarness, address: () => string) {
    this.#browser = browser;
    this.#address = address;
  }

  readonly signIn = async (page: Page, user: string, button = 'Sign in'): Promise<void> => {
    await page.goto(this.#address());
    await page.getByRole('link', { name: button, exact: true }).click();
    await page.getByRole('link', { name: `Sign in as ${user}` }).click();
    await page.locator('input[type=file]').waitFor();
    this.#sessions.set(user, await page.context().storageState());
  };

  /** A person who has signed in before and returns. */
  readonly comeBack = async (page: Page, user: string): Promise<void> => {
    await page.context().addCookies(this.#sessions.get(user)?.cookies ?? []);
    await page.goto(this.#address());
    await page.locator('input[type=file]').waitFor();
  };

  /** Names that begin with `page-` are pictures in the documentation. */
  readonly look = async (page: Page, name: string): Promise<void> => {
    assert.deepEqual(await this.#browser.faultsIn(page), [], name);
    if (name.startsWith('page-')) await this.#browser.picture(page, name);
  };
}

/** Chooses a file with this content. A name that ends in .xlsx makes it a workbook. */
export const choose = (page: Page, name: string, content: Buffer | string): Promise<void> =>
  page.setInputFiles('input[type=file]', {
    name,
    mimeType: name.endsWith('.xlsx') ? workbookType : 'text/csv',
    buffer: Buffer.from(content),
  });

/** Drops a file on the page, when it asks for one. */
export async function drop(page: Page, name: string, content: Uint8Array): Promise<void> {
  await page.locator('.drop').waitFor();
  await page.evaluate(`{
    const bytes = Uint8Array.from(atob('${Buffer.from(content).toString('base64')}'), (each) => each.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], ${JSON.stringify(name)}));
    document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }`);
}

/** Pastes lines into the page, as cells copied from a spreadsheet. */
export const paste = (page: Page, lines: readonly string[]): Promise<unknown> =>
  page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(lines.join('\n'))});
    dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
  }`);

/** Waits for the heading of a step. */
export const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('heading', { name, level: 1 }).waitFor();

/** Writes a value into a cell and leaves it with Enter. */
export async function correct(page: Page, label: string, value: string): Promise<void> {
  const cell = page.getByLabel(label);
  await cell.fill(value);
  await cell.press('Enter');
}

/** Checks which option is selected in the first list with this label. */
export async function expectSelected(page: Page, label: RegExp, option: string): Promise<void> {
  const selected = page.getByLabel(label).first().locator('option:checked');
  expect(await selected.textContent()).toBe(option);
}

/** Checks that the cell or button with this name has the focus. */
export async function expectFocus(page: Page, name: string): Promise<void> {
  const focused = await page.evaluate(
    `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`,
  );
  expect(focused).toBe(name);
}

/** Presses a button that downloads a file, and returns the file. */
export async function downloaded(
  page: Page,
  button: string,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
