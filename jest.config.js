const { availableParallelism } = require('node:os');

/** Folders below `test` whose tests need no build and start no app. */
const unitFolders = [
  'adapters',
  'batches',
  'choices',
  'config',
  'doctor',
  'documentation',
  'errors',
  'handlers',
  'invitations',
  'mcp',
  'meetings',
  'openapi',
  'page',
  'power-automate',
  'requests',
  'results',
  'retention',
  'telemetry',
  'workbook',
];

/** Tests in these folders that use storage. */
const storageTests = ['adapters/storage/', 'doctor/', 'meetings/dead-letters/redrive.test.ts'].map(
  (path) => `<rootDir>/test/${path}`,
);
const unitTests = `<rootDir>/test/(${unitFolders.join('|')})/`;
/** They go through every state of a protocol: half of the time of all tests without a build. */
const modelChecks = 'protocol\\.test\\.ts$';

/** They run compilers, PowerShell, LibreOffice, or clients of other makers: programs that take long to start. */
const withPrograms = [
  '/test/integration/(callers/.*|sheets/spreadsheet)',
  '/test/infra/(compile|deploy-page|grants/grant-(access-policy|calendar-access))',
].map((path) => `${path}\\.test\\.ts$`);

/**
 * Globals of the language that Jest passes to each file, because looking up a global through its proxy is many times
 * slower: https://jestjs.io/docs/configuration#sandboxinjectedglobals-arraystring. Not for tests that load a script
 * with a class of the same name: it would be declared twice.
 */
const builtIns = [
  ...['Array', 'BigInt', 'Boolean', 'Date', 'Error', 'Infinity', 'JSON', 'Map', 'Math', 'Number'],
  ...['Object', 'Promise', 'Proxy', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'WeakMap'],
];

const shared = {
  roots: ['<rootDir>/src', '<rootDir>/local', '<rootDir>/page', '<rootDir>/test'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
};
const withStorage = {
  ...shared,
  globalSetup: '<rootDir>/test/support/shared-azurite/start.ts',
  globalTeardown: '<rootDir>/test/support/shared-azurite/stop.ts',
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      sandboxInjectedGlobals: builtIns,
      testMatch: [`${unitTests}**/*.test.ts`],
      testPathIgnorePatterns: [...storageTests, modelChecks],
    },
    {
      ...shared,
      displayName: 'model',
      sandboxInjectedGlobals: builtIns,
      testMatch: [`${unitTests}**/*protocol.test.ts`],
    },
    {
      ...withStorage,
      displayName: 'storage',
      testMatch: storageTests.map((path) => (path.endsWith('/') ? `${path}**/*.test.ts` : path)),
    },
    {
      ...withStorage,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [unitTests, ...withPrograms],
    },
    {
      ...withStorage,
      displayName: 'programs',
      testRegex: withPrograms,
    },
  ],
  collectCoverageFrom: ['src/**/*.ts'],
  coverageReporters: ['text', 'lcovonly'],
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/longest-first.js',
  // Most tests wait for other processes, so two cores can run four workers.
  maxWorkers: Math.max(4, availableParallelism()),
};
