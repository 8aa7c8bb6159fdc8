import { startCli, type CliResult } from '../support/cli';
import { parseJson } from '../support/json';
import { Snapshots } from '../support/snapshots';
import { newTenant, useApp } from '../support/use-app';

describe('uim-compute images', () => {
  const app = useApp();
  const tenantId = newTenant();
  const cli = (...args: readonly string[]): Promise<CliResult> => startCli(app.url, tenantId, args).result;

  it('publishes a snapshot by its name, and shows, uses and deletes the image', async () => {
    const tenant = app.as(tenantId);
    const { id } = await tenant.createRunning({ imageId: 'debian' });
    const snapshot = await new Snapshots(tenant).taken(id, { name: 'nightly' });
    const made = await cli(
      'images',
      'publish',
      'golden',
      'nightly',
      '--description',
      'For shops',
      '-o',
      'json',
    );
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
    expect(parseJson(made.out)).toMatchObject({
      ...{ id: 'golden', name: 'golden', description: 'For shops', snapshotId: snapshot.id },
    });
    expect((await cli('images')).out).toMatch(/^ID .*\ngolden +vm +0 +0 +10 +For shops *\n$/);
    expect((await cli('image', 'list', '-o', 'wide')).out).toContain(snapshot.id);
    const shown = (await cli('image', 'get', 'golden')).out;
    expect(shown).toMatch(/^types +vm$/m);
    expect(shown).toMatch(/^minimal\.diskGB +10$/m);
    expect(shown).toMatch(new RegExp(`^snapshotId +${snapshot.id}$`, 'm'));
    const created = await cli(
      'create',
      'copy',
      '--flavor',
      'small',
      '--image',
      'golden',
      '--wait',
      '-o',
      'json',
    );
    expect(parseJson(created.out)).toMatchObject({ status: 'running', imageId: 'debian' });
    expect((await cli('snapshot', 'delete', 'nightly')).err).toContain('published as the image golden');
    expect(await cli('images', 'delete', 'golden')).toEqual({ code: 0, out: '', err: '' });
    const gone = await cli('images', 'get', 'golden');
    expect(gone.code).not.toBe(0);
    expect(gone.err).toContain('To list images: uim-compute images.');
  });
});
