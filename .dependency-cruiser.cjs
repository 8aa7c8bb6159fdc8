const FEATURES =
  '^src/(config|database|tenancy|flavors|instances|operations|worker|drivers|integrations|health|metrics|outbox|documents|rate-limits|idempotency|events|quotas|images|reconciler|deployment)';

/** Direction, executable: docs/architecture.md says why each rule is there. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.spec\\.ts$',
          '^(packages/cli/src/main|src/(main|database/embedded/(make-template|engine-thread)))\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'common-knows-no-feature',
      severity: 'error',
      from: { path: '^src/common/' },
      to: { path: FEATURES, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-meet-at-the-index',
      comment: 'Another feature is used through its index.ts, never its insides',
      severity: 'error',
      from: { path: `${FEATURES}/` },
      to: { path: `${FEATURES}/`, pathNot: [`${FEATURES}/index\\.ts$`, '^src/$1/'] },
    },
    {
      name: 'drivers-know-no-database-and-no-feature',
      severity: 'error',
      from: { path: '^src/drivers/' },
      to: { path: '^src/(database|instances|operations|worker|tenancy|integrations|flavors)/' },
    },
    {
      name: 'drivers-know-no-other-driver',
      severity: 'error',
      from: { path: '^src/drivers/([^/]+)/' },
      to: { path: '^src/drivers/[^/]+/', pathNot: '^src/drivers/$1/' },
    },
    {
      name: 'the-client-knows-no-service',
      comment:
        'It is what others install: the OpenAPI document is all that it has in common with the service',
      severity: 'error',
      from: { path: '^packages/client/' },
      to: { path: '^(src|packages)/', pathNot: '^packages/client/' },
    },
    {
      name: 'the-client-runs-in-browsers',
      comment: 'It uses no module of Node.js',
      severity: 'error',
      from: { path: '^packages/client/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-command-line-uses-the-client',
      severity: 'error',
      from: { path: '^packages/cli/' },
      to: { path: '^(src|packages)/', pathNot: '^packages/(cli/|client/src/index\\.ts$)' },
    },
    {
      name: 'the-service-calls-itself-not',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^packages/' },
    },
    {
      name: 'controllers-use-services',
      severity: 'error',
      from: { path: '\\.controller\\.ts$' },
      to: { path: '\\.(repository|queue)\\.ts$' },
    },
    {
      name: 'domain-types-know-no-framework',
      severity: 'error',
      from: {
        path: '^src/(instances/instance|instances/transitions|operations/operation|flavors/flavor)\\.ts$',
      },
      to: { path: 'node_modules/@nestjs' },
    },
    {
      name: 'no-test-code-in-the-service',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], path: '^(?!node_modules/@types)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default'] },
  },
};
