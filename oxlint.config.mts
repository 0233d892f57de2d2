import { defineConfig, type OxlintOverride } from 'oxlint';
// Data flows functions → app → handlers → core ← adapters: for each room of src, the rooms and the packages it may import.
import rules from './import-rules.json' with { type: 'json' };
import manifest from './package.json' with { type: 'json' };

const packages = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** `depth`: how many folders a file of the room has to climb to leave it. */
function restrictedImports(room: string, rule: string, depth: number) {
  const [rooms = [], modules = []] = rule.split('|').map(words);
  const outside = '../'.repeat(depth);
  const forbidden = ['node:*', ...packages.flatMap((name) => [name, `${name}/**`])];
  return {
    patterns: [
      {
        group: [
          `${outside}**`,
          ...rooms.flatMap((name) => [`!${outside}${name}`, `!${outside}${name}/**`]),
        ],
        message: `src/${room} may import ${rooms.join(', ') || 'no other room'}: see import-rules.json.`,
      },
      {
        group: [...forbidden, ...modules.flatMap((name) => [`!${name}`, `!${name}/**`])],
        message: `src/${room} may import ${modules.join(', ') || 'no package'}: see import-rules.json.`,
      },
    ],
  };
}

const roomOverrides = Object.entries(rules.mayImport).flatMap(([room, rule]) =>
  [1, 2, 3].map((depth): OxlintOverride => ({
    files: [`src/${room}/${'*/'.repeat(depth - 1)}*.ts`],
    rules: { 'eslint/no-restricted-imports': ['error', restrictedImports(room, rule, depth)] },
  })),
);

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
    'import/no-cycle': 'error',
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
    ...roomOverrides,
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
      files: ['jest.config.js', 'oxlint.config.mts'],
      rules: { 'import/no-default-export': 'off' },
    },
  ],
});
