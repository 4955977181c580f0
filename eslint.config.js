import boundaries from 'eslint-plugin-boundaries';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Who may import whom (docs/architecture.md). Each line names only lines above it, so there are no circles. */
const MAY_IMPORT = {
  kernel: [],
  observe: ['kernel'],
  database: ['kernel'],
  queue: ['kernel'],
  email: ['kernel'],
  documents: ['kernel'],
  journal: ['kernel', 'database'],
  templates: ['kernel', 'database'],
  ledger: ['kernel', 'database', 'journal'],
  billing: ['kernel', 'database', 'journal'],
  workflows: ['kernel', 'database', 'journal', 'billing', 'ledger'],
  actions: ['kernel', 'billing', 'templates', 'email', 'documents'],
  testing: [
    'kernel',
    'observe',
    'database',
    'queue',
    'email',
    'documents',
    'journal',
    'templates',
    'ledger',
    'billing',
    'workflows',
    'actions',
  ],
  api: [
    'kernel',
    'observe',
    'database',
    'journal',
    'billing',
    'ledger',
    'workflows',
    'actions',
    'templates',
    'email',
    'documents',
  ],
  worker: [
    'kernel',
    'observe',
    'database',
    'queue',
    'journal',
    'billing',
    'ledger',
    'workflows',
    'actions',
    'templates',
    'email',
    'documents',
  ],
  local: [
    'api',
    'worker',
    'kernel',
    'observe',
    'database',
    'queue',
    'journal',
    'billing',
    'ledger',
    'workflows',
    'actions',
    'templates',
    'email',
    'documents',
  ],
};
const APPS = ['api', 'worker', 'local'];
const EVERYTHING = Object.keys(MAY_IMPORT);

/** Code that decides: it receives the time and the facts as parameters and touches nothing outside. */
const PURE = [
  'libs/kernel/src/**/*.ts',
  'libs/ledger/src/domain/**/*.ts',
  'libs/workflows/src/domain/**/*.ts',
  'libs/workflows/src/variants/**/*.ts',
  'libs/email/src/message/**/*.ts',
  'libs/documents/src/layout/**/*.ts',
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', 'libs/database/src/generated/', '**/*.js', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: { alwaysTryTypes: true } },
      'boundaries/elements': EVERYTHING.map((type) => ({
        type,
        pattern: `${APPS.includes(type) ? 'apps' : 'libs'}/${type}`,
      })),
      'boundaries/files': [{ category: 'test', pattern: ['**/*.{spec,e2e-spec}.ts', '**/test/**'] }],
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            ...Object.entries(MAY_IMPORT).map(([type, allowed]) => ({
              from: { element: { type } },
              allow: { to: { element: { types: { anyOf: [...allowed, type] } } } },
            })),
            { from: { file: { categories: 'test' } }, allow: { to: { element: { types: { anyOf: EVERYTHING } } } } },
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
          ],
        },
      ],
      complexity: ['error', 12],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: PURE,
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@nestjs/*', 'bullmq', 'pg', '@prisma/*', '#database/*', 'node:fs*', 'node:net', 'node:http*'],
              message: 'Pure code decides; adapters touch the world.',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout', 'setInterval'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Pure code receives the time as a parameter.',
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Pure code receives the time as a parameter.',
        },
      ],
    },
  },
  {
    files: ['**/*.{spec,e2e-spec}.ts', '**/test/**/*.ts', 'libs/testing/**/*.ts'],
    rules: {
      'max-lines': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  prettier,
);
