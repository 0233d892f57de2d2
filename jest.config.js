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

/** Those of their tests that talk to storage. */
const storageTests = ['adapters/storage/', 'doctor/', 'meetings/dead-letters/redrive.test.ts'].map(
  (path) => `<rootDir>/test/${path}`,
);
const unitTests = `<rootDir>/test/(${unitFolders.join('|')})/`;
/** They go through every state of a protocol: half of the time of all tests without a build. */
const modelChecks = 'protocol\\.test\\.ts$';

/**
 * Of the language. Jest looks up whatever is global through a proxy, many times slower than these, which it hands to each file:
 * https://jestjs.io/docs/configuration#sandboxinjectedglobals-arraystring. Only for tests that load no script with a class of
 * such a name: a declaration of it would then be one too many.
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
      testPathIgnorePatterns: [unitTests],
    },
  ],
  collectCoverageFrom: ['src/**/*.ts'],
  coverageReporters: ['text', 'lcovonly'],
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/longest-first.js',
  // Most tests wait for other processes, so two cores have room for three workers.
  maxWorkers: Math.max(3, availableParallelism()),
};
