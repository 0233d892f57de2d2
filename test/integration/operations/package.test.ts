import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { projectFolder } from '../../../local/project-folder';
import { DeployedPackage } from '../../support/harness/package';
import { OtlpReceiver } from '../../support/fakes/otlp-receiver';
import { requestBody, StackHarness } from '../../support/harness/stack-harness';

const run = promisify(execFile);

let deployed: DeployedPackage;
let receiver: OtlpReceiver;
beforeAll(async () => {
  receiver = await OtlpReceiver.start();
  deployed = await DeployedPackage.make();
}, 60_000);
afterAll(async () => {
  await receiver.close();
  deployed.remove();
});

const harness = StackHarness.use({
  get appFolder(): string {
    return deployed.folder;
  },
  settings: {
    get OTEL_EXPORTER_OTLP_ENDPOINT(): string {
      return receiver.url;
    },
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    ROUTINE_TRACES_PERCENT: '100',
  },
});

const bytesOf = (file: string): number => statSync(join(deployed.folder, file)).size;

const deployedFiles = (): readonly string[] => globSync('**/*.*', { cwd: deployed.folder });

/** Page files that are loaded on demand have the hash of their content in their names. What several share is a chunk. */
const files = [
  'THIRD-PARTY-NOTICES.txt',
  'app.js',
  'container-client.js',
  'csv-parser.js',
  'doctor.js',
  'exporters.js',
  'functions.js',
  'host.json',
  'invitations.js',
  'mcp.js',
  'not-served.js',
  'open-api.js',
  'package.json',
  'page-endpoints.js',
  'page/chunk.js.br',
  'page/german.js.br',
  'page/index.html.br',
  'page/open-text.js.br',
  'page/open-workbook.js.br',
  'page/page.css.br',
  'page/page.js.br',
  'page/portuguese.js.br',
  'workbook.js',
];

describe('the deployed package', () => {
  test('is these files and no others', () => {
    const names = deployedFiles().map((file) => file.replace(/-[A-Z\d]{8}(?=\.js\.br$)/, ''));
    expect([...new Set(names)].toSorted()).toEqual(files);
  });

  test('is small', () => {
    expect(bytesOf('functions.js')).toBeLessThanOrEqual(90_000);
    expect(bytesOf('app.js')).toBeLessThanOrEqual(1_000_000);
    expect(bytesOf('exporters.js')).toBeLessThanOrEqual(200_000);
    expect(bytesOf('workbook.js')).toBeLessThanOrEqual(80_000);
    expect(bytesOf('page/page.js.br')).toBeLessThanOrEqual(45_000);
    expect(bytesOf('invitations.js')).toBeLessThanOrEqual(60_000);
    expect(bytesOf('mcp.js')).toBeLessThanOrEqual(160_000);
    // The limits above, plus the licences and files that are loaded on demand.
    const total = deployedFiles().reduce((sum, file) => sum + bytesOf(file), 0);
    expect(total).toBeLessThanOrEqual(2_060_000);
  });

  test('needs nothing to be installed or built at its destination', () => {
    expect(JSON.parse(readFileSync(join(deployed.folder, 'package.json'), 'utf8'))).toEqual({
      name: 'convoke',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      private: true,
      license: 'MIT',
      main: 'functions.js',
    });
    expect(deployed.packagesWithinReach).toEqual([]);
  });

  test('has its sizes printed by the script that makes it', () => {
    expect(deployed.report).toMatch(/^\d+ kB \(\d+ kB compressed\) {2}app\.js$/m);
    expect(deployed.report).toMatch(/^2\d files, [12]\d{3} kB, in /m);
  });
});

describe('the zip beside the package', () => {
  const { version } = JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8')) as {
    version: string;
  };
  const name = `convoke-${version}.zip`;
  const zip = (): Buffer => deployed.beside.get(name) ?? Buffer.alloc(0);

  test('holds the files of the package, host.json at the top', () => {
    const unzipped = Object.entries(unzipSync(zip())).map(([file, bytes]) => [
      file,
      Buffer.from(bytes).equals(readFileSync(join(deployed.folder, file))),
    ]);
    expect(unzipped).toEqual(
      deployedFiles()
        .toSorted()
        .map((file) => [file, true]),
    );
  });

  test('has its checksum in a file that sha256sum can check', () => {
    const checksum = createHash('sha256').update(zip()).digest('hex');
    expect(deployed.beside.get(`${name}.sha256`)?.toString()).toBe(`${checksum}  ${name}\n`);
  });

  test('has the same bytes in every time zone and at every time', async () => {
    const again = join(deployed.folder, '..', `${basename(deployed.folder)}.zip`);
    const script = `(await import('./tools/archive.mjs')).archive(${JSON.stringify(deployed.folder)}, ${JSON.stringify(again)})`;
    try {
      await run(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: projectFolder(),
        env: { ...process.env, TZ: 'Pacific/Auckland' },
      });
      expect(readFileSync(again).equals(zip())).toBe(true);
    } finally {
      rmSync(again, { force: true });
      rmSync(`${again}.sha256`, { force: true });
    }
  });
});

describe('libraries in the deployed package', () => {
  const read = (path: string): string => readFileSync(path, 'utf8');
  /** Each licence is below the names and versions of its libraries. */
  const contained = (): string[] => {
    const notices = read(join(deployed.folder, 'THIRD-PARTY-NOTICES.txt'));
    const titles = notices
      .split('-'.repeat(80))
      .flatMap((section) => section.trim().split('\n\n')[0]?.split('\n') ?? []);
    return [...new Set(titles.map((title) => title.slice(0, title.lastIndexOf(' '))))].toSorted();
  };

  test('are those that docs/security.md gives a reason for', () => {
    const page = read(join(projectFolder(), 'docs/security.md'));
    const [, table = ''] = /<!-- libraries:begin -->(.*)<!-- libraries:end -->/s.exec(page) ?? [];
    const firstCells = table.split('\n').map((row) => row.split('|')[1] ?? '');
    const listed = [...firstCells.join().matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    expect(listed.toSorted()).toEqual(contained());
    expect(page).toContain(`${listed.length} libraries`);
  });

  test('include every production dependency of package.json', () => {
    const { dependencies } = JSON.parse(read(join(projectFolder(), 'package.json'))) as {
      dependencies: Readonly<Record<string, string>>;
    };
    const inside = new Set(contained());
    expect(Object.keys(dependencies)).toHaveLength(22);
    expect(Object.keys(dependencies).filter((name) => !inside.has(name))).toEqual([]);
  });
});

describe('meetings made by the deployed package', () => {
  test('over HTTP, once for a requestId', async () => {
    const request = requestBody({ requestId: 'package-http' });
    const first = await harness.post('createMeeting', request);
    const again = await harness.post('createMeeting', request);
    expect(first).toMatchObject({
      status: 201,
      body: { requestId: 'package-http', status: 'created' },
    });
    expect(again).toMatchObject({ status: 200, body: { status: 'existing' } });
    expect(harness.stack.graph.meetings.list()).toHaveLength(1);
  });

  test('through the queue, with a result', async () => {
    await harness.send(JSON.stringify(requestBody({ requestId: 'package-queue' })));
    expect(await harness.resultOf('package-queue')).toMatchObject({
      status: 'created',
      meeting: { joinWebUrl: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\//) },
    });
  });

  test('as a batch', async () => {
    const accepted = await harness.post('batches', [
      requestBody({ requestId: 'package-row-1' }),
      requestBody({ requestId: 'package-row-2', organizer: 'nobody' }),
    ]);
    expect(accepted.status).toBe(202);
    expect(await harness.resultOf('package-row-1')).toMatchObject({ status: 'created' });
    expect(await harness.messageOfType('batchCompleted')).toMatchObject({
      counts: { created: 1, failed: 1 },
    });
  });
});

describe('parts of the deployed package that are loaded on demand', () => {
  test('the doctor finds nothing wrong', async () => {
    const { status, body } = await harness.get('doctor?organizer=anna@contoso.com&probe=true');
    const { findings } = body as { findings: readonly { status: string }[] };
    expect(status).toBe(200);
    expect(findings.filter((finding) => finding.status !== 'passed')).toEqual([]);
  });

  test('the description of the endpoints', async () => {
    expect(await harness.get('openapi.json')).toMatchObject({
      status: 200,
      body: { openapi: '3.1.1' },
    });
  });

  // The last test: traces are sent when the app ends.
  test('telemetry, with the call to Microsoft Graph in the trace of the request', async () => {
    await harness.stack.host.close();
    const { spans } = receiver;
    const endpoint = spans.find(({ name }) => name === 'createMeeting');
    expect(
      spans.filter(({ traceId }) => traceId === endpoint?.traceId).map(({ name }) => name),
    ).toEqual(expect.arrayContaining(['createMeeting', 'graph createOrGet']));
  });
});
