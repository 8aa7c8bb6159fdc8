import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../../platform/values/uuid';
import { InstanceDirectory } from '../files/instance-directory';
import { finishRestore } from './restoring';

const DISKS = ['disk.qcow2', 'efivars.fd', 'memory.qcow2'];

describe('finishRestore', () => {
  let root: string;
  let directory: InstanceDirectory;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'uim-restoring-'));
    directory = new InstanceDirectory(root, newId());
    mkdirSync(directory.work, { recursive: true });
    for (const path of places(directory)) writeFileSync(path, 'old');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function places({ work, path }: InstanceDirectory): readonly string[] {
    const disks = DISKS.map((name) => join(name === 'memory.qcow2' ? path : work, name));
    return [...disks, join(path, 'instance.json')];
  }

  function prepare(state: object): void {
    const restored = directory.own('restored');
    mkdirSync(restored);
    for (const name of DISKS) writeFileSync(join(restored, name), 'new');
    writeFileSync(join(restored, 'instance.json'), JSON.stringify(state));
  }

  it.each([[[]], [['memory.qcow2']], [['memory.qcow2', 'efivars.fd']], [DISKS]])(
    'moves what an interrupted attempt has not moved: after %j',
    async (moved) => {
      prepare({ resumes: {} });
      for (const name of moved) {
        const target = places(directory)[DISKS.indexOf(name)] ?? '';
        renameSync(join(directory.own('restored'), name), target);
      }
      await finishRestore(directory);
      await finishRestore(directory);
      expect(places(directory).map((path) => readFileSync(path, 'utf8'))).toEqual([
        ...DISKS.map(() => 'new'),
        '{"resumes":{}}',
      ]);
      expect(existsSync(directory.own('restored'))).toBe(false);
    },
  );

  it('replaces a memory by another link to it', async () => {
    prepare({ resumes: {} });
    const memory = join(directory.own('restored'), 'memory.qcow2');
    rmSync(directory.own('memory'));
    linkSync(memory, directory.own('memory'));
    await finishRestore(directory);
    expect(existsSync(directory.own('restored'))).toBe(false);
  });

  it('removes the memory of an earlier restore that the machine no longer continues from', async () => {
    prepare({ resumes: null });
    rmSync(join(directory.own('restored'), 'memory.qcow2'));
    await finishRestore(directory);
    expect(existsSync(directory.own('memory'))).toBe(false);
  });

  it('changes nothing without a restore, or before all files are prepared', async () => {
    mkdirSync(directory.own('restoring'));
    await finishRestore(directory);
    expect(places(directory).map((path) => readFileSync(path, 'utf8'))).toEqual(Array(4).fill('old'));
  });
});
