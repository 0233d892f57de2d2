import { defineConfig, type OxlintOverride } from 'oxlint';
// Data flows functions → app → handlers → core ← adapters: for each room of src, the rooms and the packages it may import.
import rules from './import-rules.json' with { type: 'json' };

/** What each room of src may import, and page. */
const importRules: OxlintOverride = {
  files: ['src/**', 'page/**'],
  rules: { 'convoke/import-rules': ['error', { mayImport: rules.mayImport, page: rules.page }] },
};

/** Time, chance and I/O are passed into these rooms. */
const pureOverride: OxlintOverride = {
  files: rules.pure.map((room) => `src/${room}/**`),
  rules: {
    'eslint/no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'Time is passed in.' },
      { object: 'Math', property: 'random', message: 'Chance is passed in.' },
    ],
    'eslint/no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'fetch', 'console'],
  },
};

export default defineConfig({
  plugins: ['typescript', 'import', 'node', 'promise', 'unicorn', 'jest'],
  jsPlugins: ['./tools/import-rules.mjs'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  ignorePatterns: [
    'dist',
    'coverage',
    'node_modules',
    'test/**/fixtures',
    'test/integration/callers/typescript',
  ],
  rules: {
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/consistent-type-imports': 'error',
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-default-export': 'error',
    'node/no-process-env': 'error',
    'eslint/max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    'eslint/max-params': ['error', { max: 3 }],
    'eslint/eqeqeq': 'error',
    'eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'unicorn/no-array-sort': 'off',
    'unicorn/no-useless-spread': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'import/no-unassigned-import': 'off',
    'import/no-named-as-default-member': 'off',
    'typescript/consistent-return': 'off',
    'typescript/no-misused-spread': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'eslint/no-await-in-loop': 'off',
    'jest/no-conditional-expect': 'off',
  },
  overrides: [
    importRules,
    pureOverride,
    { files: ['src/functions/**'], rules: { 'eslint/max-lines': ['error', { max: 20 }] } },
    {
      files: [
        'src/app/index.ts',
        'local/**',
        'cli/**',
        'test/**',
        'bench/**',
        'trial/**',
        'infra/**',
      ],
      rules: { 'node/no-process-env': 'off' },
    },
    { files: ['trial/**', 'test/**'], rules: { 'eslint/max-params': 'off' } },
    // One table each: a sentence a line.
    { files: ['page/src/words/**'], rules: { 'eslint/max-lines': 'off' } },
    { files: ['test/**'], rules: { 'eslint/max-lines': ['error', { max: 400 }] } },
    {
      files: ['jest.config.js', 'oxlint.config.mts', 'tools/import-rules.mjs'],
      rules: { 'import/no-default-export': 'off' },
    },
  ],
});
