import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPowerShell, runInSession } from './powershell';
import { root } from './predictions';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/deploy.md');
const commands = [...page.matchAll(/^```\w+\n(.*?)^```/gms)].map(([, text = '']) => text).join('');

const allOf = (text: string, pattern: RegExp): Set<string> =>
  new Set([...text.matchAll(pattern)].map(([, found = '']) => found));
const outputs = allOf(read('infra/main.bicep'), /^output (\w+) /gm);
const parameters = allOf(read('infra/main.bicepparam'), /readEnvironmentVariable\('(\w+)'/g);
const readByHooks = new Set(['CONVOKE_ORGANIZER_GROUP_ID', 'CONVOKE_LOOK_UP_PEOPLE']);

const environment = findPowerShell();
// Without PowerShell and dotnet it is reported as skipped.
const describeWithPowerShell = environment === undefined ? describe.skip : describe;

/** Prints the errors of PowerShell's parser in the blocks, and the number of blocks. */
const parseBlocks = `
$blocks = Get-Content "$PSScriptRoot/blocks.json" -Raw | ConvertFrom-Json
foreach ($block in $blocks) {
  $errors = $null
  $null = [System.Management.Automation.Language.Parser]::ParseInput($block, [ref] $null, [ref] $errors)
  $errors | ForEach-Object { "$($_.Message) in: $($_.Extent.Text)" }
}
"$($blocks.Count) blocks"`;

describe('docs/deploy.md', () => {
  test('lists every choice that the template and its hooks read, and no other', () => {
    const choices = page.slice(page.indexOf('## Choices'), page.indexOf('### Sign-in'));
    const listed = allOf(choices, /^\| `(CONVOKE_\w+)`/gm);
    const wanted = [...parameters, ...readByHooks].filter((name) => name.startsWith('CONVOKE_'));
    expect([...listed].toSorted()).toEqual(wanted.toSorted());
    const hooks =
      read('infra/scripts/postprovision.mjs') + read('infra/scripts/grant-graph-permissions.mjs');
    expect([...readByHooks].filter((name) => !hooks.includes(name))).toEqual([]);
  });

  test('uses no variable that nothing sets', () => {
    const givenByAzd = [...outputs, ...allOf(commands, /azd env set (\w+)/g)];
    const set = allOf(commands, /(?:^| |export )([A-Z]\w*)=/gm);
    const used = [...allOf(commands, /\$(?:env:)?([A-Z]\w*)/g)];
    expect(used.length).toBeGreaterThan(8);
    expect(
      used.filter((name) => !set.has(name) && !givenByAzd.includes(name) && name !== 'NAME'),
    ).toEqual([]);
  });

  test('has the words of PowerShell wherever they differ from those of bash', () => {
    const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```\n+(?=(```powershell)?)/gms)];
    const ofBashOnly = /^[A-Z]+=|^export |^eval |^curl |'\$|\\$|\(cd /m;
    const alone = blocks.filter(
      ([, language, text = '', next]) =>
        language === 'sh' && ofBashOnly.test(text) && next === undefined,
    );
    expect(alone.map(([, , text]) => text)).toEqual([]);
    expect(blocks.filter(([, language]) => language === 'powershell').length).toBeGreaterThan(8);
  });

  test('has commands that bash can read', () => {
    for (const [, text = ''] of page.matchAll(/^```sh\n(.*?)^```/gms))
      expect(spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' }).stderr).toBe('');
  });

  test('counts the scaling groups that zone redundancy keeps ready', () => {
    const functions = globSync('src/functions/*.ts', { cwd: root }).map(read).join('\n');
    const queues = functions.match(/type: 'queueTrigger'/g)?.length ?? 0;
    const timers = functions.match(/app\.timer\(/g)?.length ?? 0;
    expect({ queues, timers }).toEqual({ queues: 4, timers: 3 });
    const words =
      /eight groups: all HTTP functions together, four queue functions and three timers/;
    expect(page.replaceAll(/\s+/g, ' ')).toMatch(words);
    expect(page.replaceAll(/\s+/g, ' ')).toContain('sixteen instances');
  });

  test('says at the top that nobody has deployed it', () => {
    expect(page.indexOf('Nobody has deployed this yet.')).toBeLessThan(100);
  });

  test('asks azd for nothing that the template does not give', () => {
    const exported = commands.split('for NAME in ')[1]?.split(';')[0]?.split(' ') ?? [];
    const asked = [...exported, ...allOf(page, /azd env get-value (\w+)/g)];
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !outputs.has(name))).toEqual([]);
  });

  test('names files and scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const files = [...allOf(commands, /(?:^|[\s(/])(infra\/[\w./-]+)/gm)];
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const run = [...allOf(commands, /npm run (\w+)/g)];
    expect(run.toSorted()).toEqual(['doctor', 'package']);
    expect(run.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test('says plainly what is untested', () => {
    expect(page.split('## Not tested yet')[1]?.match(/^- /gm)?.length).toBeGreaterThan(6);
  });
});

describeWithPowerShell('docs/deploy.md (PowerShell or dotnet is needed)', () => {
  test('has commands that PowerShell can read', async () => {
    const blocks = [...page.matchAll(/^```powershell\n(.*?)^```/gms)].map(([, text]) => text);
    const folder = mkdtempSync(join(tmpdir(), 'convoke-page-'));
    writeFileSync(join(folder, 'blocks.json'), JSON.stringify(blocks));
    writeFileSync(join(folder, 'parse.ps1'), parseBlocks);
    const { stdout } = await runInSession(join(folder, 'parse.ps1'), environment ?? {});
    rmSync(folder, { recursive: true });
    expect(stdout.trim()).toBe(`${blocks.length} blocks`);
  }, 90_000);
});
