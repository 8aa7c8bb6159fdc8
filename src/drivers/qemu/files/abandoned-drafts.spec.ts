import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../../platform/values/uuid';
import { AbandonedDrafts } from './abandoned-drafts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('AbandonedDrafts', () => {
  let root: string;
  let nowMs: number;
  let drafts: AbandonedDrafts;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'uim-drafts-'));
    nowMs = 0;
    drafts = new AbandonedDrafts(root, 'instances', () => nowMs);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const pathOf = (id: string): string => join(root, 'instances', `.${id}.new`);
  function makeDraft(): string {
    const id = newId();
    mkdirSync(pathOf(id), { recursive: true });
    return id;
  }

  it('finds a draft that has not changed for an hour', async () => {
    const id = makeDraft();
    mkdirSync(join(root, 'instances', '.other.new'));
    mkdirSync(join(root, 'instances', newId()));
    expect(await drafts.find()).toEqual([]);
    nowMs = HOUR_MS - 1;
    expect(await drafts.find()).toEqual([]);
    nowMs = HOUR_MS;
    expect(await drafts.find()).toEqual([id]);
  });

  it.each([
    ['a day back', -DAY_MS],
    ['a day ahead', DAY_MS],
  ])('keeps a draft whose files are dated %s until the hour has passed', async (_title, offsetMs) => {
    const id = makeDraft();
    const dated = new Date(Date.now() + offsetMs);
    utimesSync(pathOf(id), dated, dated);
    expect(await drafts.find()).toEqual([]);
    nowMs = HOUR_MS;
    expect(await drafts.find()).toEqual([id]);
  });

  it('restarts the hour when a draft changes or is recreated', async () => {
    const [changed, recreated] = [makeDraft(), makeDraft()];
    await drafts.find();
    nowMs = HOUR_MS / 2;
    writeFileSync(join(pathOf(changed), 'instance.json'), '{}');
    rmSync(pathOf(recreated), { recursive: true });
    await drafts.find();
    mkdirSync(pathOf(recreated));
    nowMs = HOUR_MS;
    expect(await drafts.find()).toEqual([]);
    nowMs = 2 * HOUR_MS;
    expect([...(await drafts.find())].sort()).toEqual([changed, recreated].sort());
  });

  it('keeps the draft of a snapshot while a file in it grows', async () => {
    const ofSnapshots = new AbandonedDrafts(root, 'snapshots', () => nowMs);
    const id = newId();
    const path = join(root, 'snapshots', `.${id}.new`);
    mkdirSync(path, { recursive: true });
    for (let hour = 0; hour < 3; hour++) {
      nowMs = hour * HOUR_MS;
      writeFileSync(join(path, 'disk.qcow2'), 'x'.repeat(hour));
      expect(await ofSnapshots.find()).toEqual([]);
    }
    nowMs = 3 * HOUR_MS;
    expect(await ofSnapshots.find()).toEqual([id]);
  });

  it('finds nothing below a root that does not exist', async () => {
    expect(await new AbandonedDrafts(join(root, 'none'), 'instances').find()).toEqual([]);
  });
});
