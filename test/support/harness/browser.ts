import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { projectFolder } from '../../../local/project-folder';

/** Where Chromium is, if it is installed. */
export const browserPath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
].find((path) => existsSync(path));

const axe = (): string =>
  readFileSync(join(projectFolder(), 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Folder for pictures of the documentation; absent in a normal test. */
const pictures = process.env['PICTURES'];

/** A real browser for one test file. Records all requests and errors of its pages. */
export class BrowserHarness {
  #browser: Browser | undefined;
  readonly #axe = axe();
  readonly hosts = new Set<string>();
  readonly complaints: string[] = [];

  static use(): BrowserHarness {
    const harness = new BrowserHarness();
    beforeAll(async () => {
      harness.#browser = await chromium.launch({
        ...(browserPath !== undefined && { executablePath: browserPath }),
        // The CPU renders directly, which is faster than a simulated graphics card.
        args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
      });
    }, 60_000);
    afterAll(() => harness.#browser?.close());
    return harness;
  }

  /** A page for one person, without data of others. */
  async person(options: BrowserContextOptions = {}): Promise<Page> {
    if (this.#browser === undefined) throw new Error('The browser runs only while tests do.');
    const context = await this.#browser.newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(60_000);
    context.on('request', (request) => {
      if (!/^(?:data|blob):/.test(request.url())) this.hosts.add(new URL(request.url()).host);
    });
    context.on('weberror', (error) => this.complaints.push(String(error.error())));
    context.on('console', (message) => {
      // Ignores refused calls, which Chromium also logs as errors.
      const isAnswer = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isAnswer) this.complaints.push(message.text());
    });
    return context.newPage();
  }

  /** The findings of an accessibility check, https://github.com/dequelabs/axe-core, and what is wider than the screen. */
  async faultsIn(page: Page): Promise<readonly string[]> {
    const surplus = Number(
      await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
    );
    if (surplus > 0) return [`The page is ${surplus} px wider than the screen.`];
    if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${this.#axe};0`);
    return page.evaluate(`axe
      .run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        // Reports only one example of each passed check, because listing all takes longer than the check.
        resultTypes: ['violations'],
      })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`);
  }

  /** Takes a picture for the documentation, if requested. */
  async picture(page: Page, name: string): Promise<void> {
    if (pictures !== undefined)
      await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  }
}
