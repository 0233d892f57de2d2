import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { pages, prose } from './pages';

/** The anchors that GitHub gives a page's headings. */
function anchors(text: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = text.replaceAll(/^(`{3,}).*?^\1/gms, '').matchAll(/^#{1,6} +(.+?) *$/gm);
  return new Set([...headings].map(([, heading = '']) => numbered(slug(heading), seen)));
}

const slug = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(^|\W)_([^_]+)_(?=\W|$)/g, '$1$2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');

function numbered(name: string, seen: Map<string, number>): string {
  const count = seen.get(name) ?? 0;
  seen.set(name, count + 1);
  return count === 0 ? name : `${name}-${count}`;
}

const withoutCode = (text: string): string => text.replaceAll(/^ *(`{3,}).*?^ *\1/gms, '');
const linkTargets = (text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^()\s]+)\)|(?:href|src)="([^"]+)"/g)].map(
    ([, link, attribute]) => link ?? attribute ?? '',
  );
const isRelative = (target: string): boolean => !/^[a-z]+:/i.test(target);

const all = pages();
const anchorsOf = new Map(all.map(({ path, text }) => [path, anchors(text)]));

/** The problem of a link, if any. */
function brokenLink(from: string, target: string): string[] {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : posix.join(posix.dirname(from), decodeURIComponent(file));
  if (!existsSync(join(projectFolder(), path))) return [`${from}: no file ${target}`];
  const isUnknown = anchor !== undefined && anchorsOf.get(path)?.has(anchor) !== true;
  return isUnknown ? [`${from}: no heading ${target}`] : [];
}

test('every relative link of every page leads to a file, and to a heading where it names one', () => {
  const links = all.flatMap(({ path, text }) =>
    linkTargets(text)
      .filter(isRelative)
      .map((target) => ({ path, target })),
  );
  expect(links.length).toBeGreaterThan(60);
  expect(links.flatMap(({ path, target }) => brokenLink(path, target))).toEqual([]);
});

test('the index names every page of docs', () => {
  const index = new Set(
    linkTargets(all.find(({ path }) => path === 'docs/README.md')?.text ?? '').map((target) =>
      posix.join('docs', target.split('#')[0] ?? ''),
    ),
  );
  const expected = all.map(({ path }) => path).filter((path) => path.startsWith('docs/'));
  expect(expected.filter((path) => path !== 'docs/README.md' && !index.has(path))).toEqual([]);
});

test('every page of docs but the index and the decisions ends with what to read next', () => {
  const last = ({ text }: { readonly text: string }): string =>
    prose(text).trim().split('\n').at(-1) ?? '';
  const reading = all.filter(({ path }) => /^docs\/(?!README)[^/]+\.md$/.test(path));
  expect(reading.length).toBeGreaterThan(10);
  expect(
    reading.filter((page) => !/^Next: .*\]\(/.test(last(page))).map(({ path }) => path),
  ).toEqual([]);
});

test.each([
  ['Who can call what', 'who-can-call-what'],
  ['6. The application access policy', '6-the-application-access-policy'],
  ['`GET /api/doctor`: [what](x.md) it says', 'get-apidoctor-what-it-says'],
])('the heading %j has the anchor %j', (heading, anchor) => {
  expect(slug(heading)).toBe(anchor);
});
