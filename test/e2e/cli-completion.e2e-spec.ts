import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CatalogDirectory } from '../support/catalog';
import { CLI } from '../support/cli';
import {
  completeInBash,
  completeInFish,
  completeInZsh,
  typeInZsh,
  type ShellEnvironment,
} from '../support/completion-shells';
import { describeWhere } from '../support/describe-where';
import { useApp } from '../support/use-app';

const SHELLS = [
  { shell: 'bash', complete: completeInBash, tools: ['bash'] },
  { shell: 'zsh', complete: completeInZsh, tools: ['zsh', 'script'] },
  { shell: 'fish', complete: completeInFish, tools: ['fish'] },
] as const;
const TENANT = 'acme';
const OTHER_TENANT = 'umbrella';

const catalog = new CatalogDirectory([
  { id: 'debian:12', name: 'Debian 12', docker: { name: 'docker.io/library/debian:12' } },
  { id: 'debian:13', name: 'Debian 13', docker: { name: 'docker.io/library/debian:13' } },
]);
const app = useApp({ environment: { IMAGES_FILE: catalog.file } });
const home = mkdtempSync(join(tmpdir(), 'completion-'));
/** Created by a shell that executes the name of an instance. */
const executed = join(home, 'executed');
const ids = new Map<string, string>();
let webhookId: string;
let environment: ShellEnvironment;

beforeAll(async () => {
  const names = [
    'web',
    'web-2',
    'store',
    `$(touch ${executed})`,
    `x;touch ${executed}`,
    'two words',
    '--force',
  ];
  for (const name of names) {
    const { id } = await app.as(TENANT).create({ name });
    ids.set(name, id.slice(-8));
  }
  await app.as(OTHER_TENANT).create({ name: 'theirs' });
  const webhook = { url: 'https://203.0.114.7/', types: ['*'] };
  webhookId = (await app.as(TENANT).post<{ id: string }>('/webhooks', webhook)).body.id.slice(-8);
  writeFileSync(join(home, 'uim-compute'), `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`, {
    mode: 0o755,
  });
  writeFileSync(
    join(home, 'contexts.json'),
    JSON.stringify({ contexts: { prod: { url: app.url, tenant: OTHER_TENANT }, test: {} } }),
  );
  environment = {
    PATH: `${home}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    LANG: 'C.UTF-8',
    UIM_COMPUTE_CONFIG: join(home, 'contexts.json'),
    UIM_COMPUTE_URL: app.url,
    UIM_COMPUTE_TENANT: TENANT,
  };
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  catalog.remove();
});

describe.each(SHELLS)('completion', ({ shell, complete, tools }) => {
  const offered = async (line: string): Promise<readonly string[]> =>
    [...(await complete(line, environment))].sort();

  describeWhere(missingOf(tools), `in ${shell}`, () => {
    it('offers commands', async () => {
      expect(await offered('uim-compute st')).toEqual(['start', 'stats', 'stop']);
      expect(await offered('uim-compute _')).toEqual([]);
      expect(await offered('uim-compute context d')).toEqual(['delete']);
    });

    it('offers options and their values', async () => {
      expect(await offered('uim-compute list --st')).toEqual(['--status']);
      expect(await offered('uim-compute list --status r')).toEqual(['restarting', 'running']);
      expect(await offered('uim-compute completion ')).toEqual(['bash', 'fish', 'zsh']);
    });

    it('offers names of instances, and IDs for names that are not safe to insert', async () => {
      const unsafe = [...ids.values()].slice(3);
      expect(await offered('uim-compute get w')).toEqual(['web', 'web-2']);
      expect(await offered('uim-compute delete web s')).toEqual(['store']);
      expect(await offered('uim-compute delete ')).toEqual(['store', 'web', 'web-2', ...unsafe].sort());
      expect(await offered('uim-compute operations --instance s')).toEqual(['store']);
      expect(existsSync(executed)).toBe(false);
    });

    it('offers flavors, images, webhooks and contexts', async () => {
      expect(await offered('uim-compute create x --flavor s')).toEqual(['small']);
      expect(await offered('uim-compute create x --image deb')).toEqual(['debian:12', 'debian:13']);
      expect(await offered('uim-compute webhooks get ')).toEqual([webhookId]);
      expect(await offered('uim-compute context use ')).toEqual(['prod', 'test']);
    });

    it('offers the instances of the context in the command line', async () => {
      expect(await offered('uim-compute --context prod get ')).toEqual(['theirs']);
    });

    it('offers no names if the service is unreachable', async () => {
      expect(await offered('uim-compute --url http://127.0.0.1:2 get w')).toEqual([]);
    });
  });
});

describeWhere(missingOf(['bash']), 'completion in bash', () => {
  it('offers only what follows the last separator of words', async () => {
    expect(await completeInBash('uim-compute list --status=r', environment)).toEqual([
      'running',
      'restarting',
    ]);
    expect(await completeInBash('uim-compute create x --image debian:', environment)).toEqual(['12', '13']);
    expect(await completeInBash('uim-compute create x --image=debian:1', environment)).toEqual(['12', '13']);
  });
});

describeWhere(missingOf(['zsh', 'script']), 'completion in zsh', () => {
  it.each([
    ['uim-compute get s\t', 'uim-compute get store '],
    ['uim-compute list --status=ru\t', 'uim-compute list --status=running '],
    ['uim-compute create x --image debian:12\t', 'uim-compute create x --image debian:12 '],
  ])('changes %j into %j', async (keys, line) => {
    expect(await typeInZsh(keys, environment)).toBe(line);
  });
});

describeWhere(missingOf(['fish']), 'completion in fish', () => {
  it('offers files where a file is needed', async () => {
    expect(await completeInFish('uim-compute create x --user-data con', environment)).toEqual([
      'contexts.json',
    ]);
    expect(await completeInFish('uim-compute create x --image con', environment)).toEqual([]);
  });
});

function missingOf(tools: readonly string[]): string | undefined {
  const missing = tools.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not installed`;
}
