const { readdirSync } = require('node:fs');

/** From the bottom to the top. A layer knows itself and those before it in this list. */
const LAYERS = [
  ['platform'],
  ['drivers'],
  ['access', 'integrations'],
  ['compute'],
  ['health', 'web'],
  ['documents'],
];

const foldersOf = (path) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const missing = foldersOf('src').filter((name) => !LAYERS.flat().includes(name));
if (missing.length > 0) throw new Error(`LAYERS in .dependency-cruiser.cjs lacks ${missing.join(', ')}`);

const MAX_FILES = 12;

/** A folder with more files is divided, so that a reader sees its parts. */
const filesOf = (path) =>
  readdirSync(path).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
const crowded = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ parentPath, name }) => `${parentPath}/${name}`)
  .filter((path) => filesOf(path).length > MAX_FILES);
if (crowded.length > 0) throw new Error(`more than ${MAX_FILES} files in ${crowded.join(', ')}`);

/** The folders of src that others use through their index.ts, with exceptions. */
const FEATURES = `^src/(${[
  ...['compute', 'access'].flatMap((layer) => foldersOf(`src/${layer}`).map((name) => `${layer}/${name}`)),
  'integrations/outbox',
  'integrations(?!/outbox)',
  'documents',
  'drivers(?!/port)',
  'health',
  'platform/config',
  'platform/database',
  'platform/deployment',
  'platform/metrics',
  'web',
].join('|')})`;

/** What each layer must not import: its siblings and the layers above. */
const layerRules = LAYERS.flatMap((siblings, height) =>
  siblings.flatMap((layer) => {
    const others = [...siblings.filter((each) => each !== layer), ...LAYERS.slice(height + 1).flat()];
    return others.length === 0
      ? []
      : [
          {
            name: `${layer}-knows-only-layers-below`,
            severity: 'error',
            from: { path: `^src/${layer}/` },
            to: { path: `^src/((${others.join('|')})/|[^/]+$)` },
          },
        ];
  }),
);

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
          '^(packages/cli/src/main|src/(main|platform/database/embedded/(make-template|engine-thread)))\\.ts$',
        ],
      },
      to: {},
    },
    ...layerRules,
    {
      name: 'features-meet-at-the-index',
      comment: 'Another feature is used through its index.ts or *.config.ts, never its insides',
      severity: 'error',
      from: { path: `${FEATURES}/` },
      to: { path: `${FEATURES}/`, pathNot: [`${FEATURES}/(index|.*\\.config)\\.ts$`, '^src/$1/'] },
    },
    {
      name: 'drivers-know-no-other-driver',
      severity: 'error',
      from: { path: '^src/drivers/([^/]+)/' },
      to: { path: '^src/drivers/[^/]+/', pathNot: '^src/drivers/($1|port|probes)/' },
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
      name: 'only-api-knows-http',
      comment: 'Requests and responses are the business of api/ folders, access, health, web and documents',
      severity: 'error',
      from: { path: '^src/(platform|drivers|integrations|compute)/', pathNot: '(^src/platform/http|/api)/' },
      to: { path: '^src/platform/http/|node_modules/(@types/express|express|@nestjs/swagger)/' },
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
        path: '^src/compute/(instances/(instance|fields)|instances/actions/actions|operations/operation|flavors/flavor)\\.ts$',
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
