/** One transform for all; the projects differ in what they need and how long they may take. */
const base = {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  transform: {
    '^.+\\.[tj]s$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  // Jest cannot require ECMAScript modules as Node can: these are translated.
  transformIgnorePatterns: ['/node_modules/(?!(uuid|jose)/)'],
  moduleNameMapper: {
    '^uim-compute-client$': '<rootDir>/packages/client/src',
    // Modules that the service loads only if it needs them.
    '^(\\./(?:jwt|postgres)/.*)\\.js$': '$1',
    // Both packages also ship as one file. Jest loads every module again for each suite: this avoids 500 of 2,000.
    '^rxjs$': '<rootDir>/node_modules/rxjs/dist/bundles/rxjs.umd.js',
    '^rxjs/operators$': '<rootDir>/test/support/rxjs-operators.cjs',
    '^class-validator$': '<rootDir>/node_modules/class-validator/bundles/class-validator.umd.js',
  },
  moduleFileExtensions: ['ts', 'js', 'cjs', 'json'],
};

/**
 * What is not repeated on PostgreSQL: suites that name the kinds of their databases themselves, and those of one request
 * at a time. `test/contract/sql.spec.ts` runs each statement on both kinds.
 */
const SAME_ON_POSTGRES = [
  'test/chaos/(?!connections|parallel)',
  'test/contract/(peers|platform|qemu|simulated|tiny|upgrade)',
  'test/e2e/(attachments|auth|bad-input|cli|client|console|cors|deployment|dry-run|engine-events|errors-page)',
  'test/e2e/(flavors|gateway|gpu-models|guest-agents|health|image|integration|openapi|packages|readiness|reference-walk)',
  'test/e2e/(reconciler-away|reconciler-engine|session|stream-limits|swagger-ui|webhooks-targets|webhooks-tls)',
  'test/e2e/instances-(activity|faults|guest|patch|pause|power|protection|reboot|rebuild)',
];

const PATIENCE = '<rootDir>/test/support/patience.ts';
/** Unit tests import it if they need it, because loading Nest takes longer than most of them. */
const MUTE_LOG = '<rootDir>/test/support/mute-log.ts';

const project = (name, ...testMatch) => ({
  ...base,
  displayName: name,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(process.env.TEST_DATABASE === 'postgres' ? SAME_ON_POSTGRES : []),
  ],
});

module.exports = {
  projects: [
    project('unit', 'src/**/*.spec.ts', 'packages/*/src/**/*.spec.ts', 'web/src/**/*.spec.ts'),
    { ...project('contract', 'test/contract/**/*.spec.ts'), setupFilesAfterEnv: [MUTE_LOG] },
    { ...project('e2e', 'test/e2e/**/*.e2e-spec.ts'), setupFilesAfterEnv: [MUTE_LOG] },
    { ...project('chaos', 'test/chaos/**/*.spec.ts'), setupFilesAfterEnv: [PATIENCE, MUTE_LOG] },
    // The web console in a browser, as built.
    { ...project('web', 'test/web/**/*.spec.ts'), setupFilesAfterEnv: [PATIENCE, MUTE_LOG] },
    project('docs', 'test/docs/**/*.spec.ts'),
    // On real engines, as root: `npm run test:engines`.
    { ...project('engines', 'test/engines/**/*.spec.ts'), setupFilesAfterEnv: [PATIENCE] },
  ],
  // More than processors, because many suites wait for real time-outs; with 6, the processors took a tenth longer.
  maxWorkers: 4,
  testTimeout: 60_000,
  globalSetup: '<rootDir>/test/support/shared/set-up.ts',
  globalTeardown: '<rootDir>/test/support/shared/tear-down.ts',
  testSequencer: '<rootDir>/test/support/sequencer.cjs',
};
