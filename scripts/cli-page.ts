import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { withOutputs, type PageCommand, type PageHandler } from './cli-page/page';
import { completeOnTerminal, runOnTerminal } from './cli-page/pseudo-terminal';
import { render } from './cli-page/screen';
import { StableValues } from './cli-page/stable-values';
import { installTool, ROOT, Service } from './session';

const TARGET = join(ROOT, 'docs', 'cli.md');
/** Nothing listens there. */
const NO_SERVICE = 'http://127.0.0.1:2';
const TAB = '<TAB>';

const CATALOG = {
  images: [
    {
      id: 'debian-12',
      name: 'Debian 12',
      description: 'Debian 12 with cloud-init',
      defaultUser: 'debian',
      docker: { name: 'docker.io/library/debian:12' },
    },
  ],
};

/** Runs the commands of docs/cli.md as a person would, and keeps what the terminal shows. */
class Session implements PageHandler {
  private readonly directory = mkdtempSync(join(tmpdir(), 'cli-page-'));
  private readonly values = new StableValues();
  private service: Service | undefined;
  private services = 0;

  constructor() {
    installTool(this.directory, ['--require', join(ROOT, 'scripts/cli-page/documented-url.cjs')]);
  }

  async useService(name: string): Promise<void> {
    await this.service?.stop();
    this.service = undefined;
    if (name === 'none') return;
    const environment = this.environments.get(name);
    if (!environment) throw new Error(`no service is named ${name}`);
    this.service = await Service.start(join(this.directory, String(this.services++)), environment);
  }

  async run({ text, progress }: PageCommand): Promise<readonly string[]> {
    const { environment } = this;
    const command = this.values.actualize(text);
    if (command.includes(TAB)) {
      const listed = await completeOnTerminal(command.replaceAll(TAB, '\t'), environment);
      return this.stable(render(listed).lines);
    }
    const { lines, cleared } = render(await runOnTerminal(command, environment));
    if (progress === undefined) return this.stable(lines);
    const shown = cleared.findLast((line) => line.includes(progress));
    if (shown === undefined) throw new Error(`no progress line contains ${progress}: ${cleared.join('\n')}`);
    return [shown.replace(/[\d.]+ s$/, '3.2 s'), ...this.stable(lines)];
  }

  async close(): Promise<void> {
    await this.service?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private stable(lines: readonly string[]): readonly string[] {
    return lines.length === 0 ? [] : this.values.stabilize(lines.join('\n')).split('\n');
  }

  private get environment(): Readonly<Record<string, string>> {
    return {
      PATH: `${this.directory}:${process.env['PATH'] ?? ''}`,
      HOME: this.directory,
      DOCUMENTED_SERVICE: this.service?.url ?? NO_SERVICE,
      OPERATOR_TOKEN: 'operator-token',
    };
  }

  private get environments(): ReadonlyMap<string, Readonly<Record<string, string>>> {
    const catalog = join(this.directory, 'images.json');
    writeFileSync(catalog, JSON.stringify(CATALOG));
    return new Map([
      [
        'images',
        {
          TENANT_REQUIRED: 'true',
          IMAGES_FILE: catalog,
          DRIVER_CONTAINER: 'docker',
          DOCKER_HOST: `unix://${join(this.directory, 'no-engine.sock')}`,
        },
      ],
      [
        'simulated',
        {
          OPERATOR_TOKEN: 'operator-token',
          PROVISION_DELAY_MS: '500',
          SIMULATED_VCPUS: '16',
          SIMULATED_RAM_GB: '64',
          SIMULATED_DISK_GB: '500',
        },
      ],
    ]);
  }
}

async function main(isCheck: boolean): Promise<void> {
  const page = readFileSync(TARGET, 'utf8');
  const session = new Session();
  try {
    const wanted = await format(await withOutputs(page, session), {
      ...(await resolveConfig(TARGET)),
      filepath: TARGET,
    });
    if (wanted === page) return;
    if (!isCheck) {
      writeFileSync(TARGET, wanted);
      return;
    }
    process.stderr.write(
      `docs/cli.md differs from a new run; run npm run docs:cli\n${differences(page, wanted)}`,
    );
    process.exitCode = 1;
  } finally {
    await session.close();
  }
}

/** Lines of only one of the texts. */
function differences(before: string, after: string): string {
  const [old, current] = [before.split('\n'), after.split('\n')];
  const removed = old.filter((line) => !current.includes(line)).map((line) => `- ${line}\n`);
  const added = current.filter((line) => !old.includes(line)).map((line) => `+ ${line}\n`);
  return [...removed, ...added].join('');
}

void main(process.argv.includes('--check'));
