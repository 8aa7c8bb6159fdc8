import eslint from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist', 'data', 'coverage', 'node_modules'] },
  // Generated.
  { ignores: ['packages/client/src/schema.ts'] },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A DTO class describes a shape to validator and Swagger; answers are plain objects of that shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Nest modules are classes without members, and stand-ins have methods that wait for nothing.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // A constructor of a provider takes what it depends on; a controller's handler what a request has.
    files: ['src/**/*.ts'],
    rules: { 'max-params': 'off', '@typescript-eslint/max-params': 'off' },
  },
  {
    files: ['test/**/*.ts', '{src,packages}/**/*.spec.ts'],
    // A test says what it takes an answer for, and asserts it.
    rules: {
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    // Interfaces name what the OpenAPI document declares.
    files: ['packages/client/src/types.ts'],
    rules: {
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
    },
  },
  {
    // The web console has a configuration of its own: it runs in browsers.
    files: ['web/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    languageOptions: {
      parserOptions: { project: './web/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Markup takes many lines.
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
      // The router's redirect.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    // Texts with a value in them, and queries, whose types TanStack Query infers.
    files: ['web/src/texts/**/*.ts', 'web/src/**/queries.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  { files: ['**/*.{js,cjs,mjs}'], languageOptions: { globals: globals.node } },
);
