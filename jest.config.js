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

const shared = {
  roots: ['<rootDir>/src', '<rootDir>/local', '<rootDir>/page', '<rootDir>/test'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
};
const unitTests = `<rootDir>/test/(${unitFolders.join('|')})/`;

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    { ...shared, displayName: 'unit', testMatch: [`${unitTests}**/*.test.ts`] },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [unitTests],
      globalSetup: '<rootDir>/test/support/shared-azurite/start.ts',
      globalTeardown: '<rootDir>/test/support/shared-azurite/stop.ts',
    },
  ],
  collectCoverageFrom: ['src/**/*.ts'],
  coverageReporters: ['text', 'lcovonly'],
  testTimeout: 30_000,
  // Most tests wait for other processes, so two cores have room for three workers.
  maxWorkers: Math.max(3, availableParallelism()),
};
