import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAsShown } from '../docs/shell-blocks';
import { parseJson } from '../support/json';
import { newTenant, useApp } from '../support/use-app';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');
const PACKAGES = ['client', 'cli'] as const;
const MAX_BYTES = 100_000;
/** Allows for a slow registry; the packages are usually in npm's cache. */
const INSTALL_MS = 120_000;
const COMPILE_MS = 60_000;

const COMPILER_OPTIONS = {
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: 'es2022',
  outDir: 'out',
};
/** Excludes the types of browsers. */
const NODE = { lib: ['es2022'], types: ['node'], typeRoots: [join(ROOT, 'node_modules', '@types')] };
/** Excludes the types of Node.js. */
const BROWSER = { lib: ['es2022', 'dom'], types: [] };

/** The first block of the client's README in a language; the empty one is the output. */
function exampleIn(language: string): string {
  const readme = readFileSync(join(ROOT, 'packages', 'client', 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  const block = blocks.find(([, of]) => of === language)?.[2];
  if (block === undefined) throw new Error(`the README has no block in '${language}'`);
  return block;
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

function baseNames(files: readonly string[], suffix: string): readonly string[] {
  return files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
}

describe('the packages, installed from their tarballs into an empty folder', () => {
  const app = useApp();
  let folder: string;
  const installed = (name: string): string => join(folder, 'node_modules', `uim-compute-${name}`);
  const tarballs = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.tgz'));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'packages-'));
    const workspaces = PACKAGES.flatMap((name) => ['--workspace', `packages/${name}`]);
    // Without scripts, because the build would replace the files that other tests are running.
    const pack = ['pack', '--ignore-scripts', '--pack-destination', folder, ...workspaces];
    await run('npm', pack, { cwd: ROOT, timeout: INSTALL_MS });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--prefix', folder];
    const files = tarballs().map((name) => `./${name}`);
    await run('npm', ['install', ...flags, ...files], { cwd: folder, timeout: INSTALL_MS });
  }, 2 * INSTALL_MS);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('install only their own dependencies, not those of the service', () => {
    const packages = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(packages).toEqual([
      'commander',
      'openapi-fetch',
      'openapi-typescript-helpers',
      'uim-compute-cli',
      'uim-compute-client',
      'ws',
      'yaml',
    ]);
  });

  it(`have less than ${MAX_BYTES} bytes each`, () => {
    const sizes = tarballs().map((name) => [name, statSync(join(folder, name)).size] as const);
    process.stdout.write(sizes.map(([name, size]) => `${name}: ${size} bytes\n`).join(''));
    expect(sizes).toHaveLength(PACKAGES.length);
    expect(sizes.filter(([, size]) => size >= MAX_BYTES)).toEqual([]);
  });

  it.each(PACKAGES)('%s contains its build, license and README, but no tests or leftovers', (name) => {
    const files = filesIn(installed(name));
    const allowed = /^(dist\/.*(\.js|\.d\.ts)|bin\/uim-compute\.js|LICENSE|README\.md|package\.json)$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md']));
    const sources = filesIn(join(ROOT, 'packages', name, 'src')).filter((file) => !/\.spec\.ts$/.test(file));
    const built = baseNames(files, '.js').filter((file) => file.startsWith('dist/'));
    expect(built).toEqual(baseNames(sources, '.ts').map((file) => `dist/${file}`));
    const license = readFileSync(join(installed(name), 'LICENSE'), 'utf8');
    expect(license).toBe(readFileSync(join(ROOT, 'LICENSE'), 'utf8'));
  });

  it('the command line prints its version, and lists instances', async () => {
    const tenant = app.as(newTenant());
    const { name } = await tenant.createRunning();
    const env = { PATH: process.env['PATH'], UIM_COMPUTE_URL: app.url, UIM_COMPUTE_TENANT: tenant.tenantId };
    const uimCompute = (...args: readonly string[]) =>
      run(join(folder, 'node_modules', '.bin', 'uim-compute'), args, { cwd: folder, env });
    const manifest = readFileSync(join(ROOT, 'packages/cli/package.json'), 'utf8');
    const { version } = parseJson<{ readonly version: string }>(manifest);
    expect((await uimCompute('--version')).stdout).toBe(`${version}\n`);
    expect((await uimCompute('list')).stdout).toContain(` ${name} `);
  });

  describe('the program in the README of the client', () => {
    /** Compiles files in the folder; fails with the messages of the compiler. */
    async function compile(files: readonly string[], options: object): Promise<void> {
      const config = { compilerOptions: { ...COMPILER_OPTIONS, ...options }, files };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
      const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
      // The compiler prints its messages to the standard output, but a failure shows only the other one.
      const args = ['-c', 'exec "$0" "$@" >&2', process.execPath, compiler, '-p', folder];
      await run('sh', args, { timeout: COMPILE_MS });
    }

    function writeProgram(name: string): void {
      const program = exampleIn('ts').replace('http://localhost:8081', app.url).replace('acme', newTenant());
      writeFileSync(join(folder, name), program);
      copyFileSync(join(ROOT, 'test/support/typed-user.ts'), join(folder, `types-${name}`));
    }

    it('has at most 40 lines', () => {
      expect(exampleIn('ts').trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    });

    it.each([
      ['an ECMAScript module', 'program.mts', 'program.mjs'],
      ['a CommonJS module', 'program.cts', 'program.cjs'],
    ])(
      'compiles with "nodenext" as %s, and prints what the README shows',
      async (_title, source, compiled) => {
        writeProgram(source);
        const options = { module: 'nodenext', moduleResolution: 'nodenext', ...NODE };
        await compile([source, `types-${source}`], options);
        const { stdout } = await run(process.execPath, [join(folder, 'out', compiled)], { timeout: 30_000 });
        expect(isAsShown(stdout, exampleIn('')) ? exampleIn('') : stdout).toBe(exampleIn(''));
      },
      2 * COMPILE_MS,
    );

    it(
      'compiles with "bundler" and the types of browsers',
      async () => {
        writeProgram('program.ts');
        const options = { module: 'esnext', moduleResolution: 'bundler', ...BROWSER };
        await expect(compile(['program.ts', 'types-program.ts'], options)).resolves.toBeUndefined();
      },
      2 * COMPILE_MS,
    );
  });
});
