import { dirname, join } from 'node:path';
import { describeWhere } from '../support/describe-where';
import { startDockerd, startPodman, whyNotDockerd, whyNotPodman, type Engine } from '../support/engines';
import { guestImages } from '../support/engines/guest-images';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { importWebServer, quickStarts, QuickStartShell } from '../support/engines/quick-start';
import { isAsShown } from '../docs/shell-blocks';

/** Name of the image in the documents; the engine has a local image with this name, so it is not pulled. */
const IMAGE = 'docker.io/library/nginx:alpine';

for (const { kind, missing, start, socket } of [
  { kind: 'docker', missing: whyNotDockerd(), start: startDockerd, socket: 'unix:///var/run/docker.sock' },
  { kind: 'podman', missing: whyNotPodman(), start: startPodman, socket: 'unix:///run/podman/podman.sock' },
]) {
  describeWhere(missing, `the quick starts of the documents on ${kind}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
      await importWebServer(engine.socket, IMAGE);
    });
    afterAll(() => engine.stop());

    it.each(quickStarts(kind))('$document, line $block.line', async ({ block }) => {
      const environment = {
        DOCKER_HOST: `unix://${engine.socket}`,
        DOCKER_PUBLISH_ADDRESS: engine.address,
        DOCKER_STOP_SECONDS: '2',
      };
      await using shell = await QuickStartShell.open(environment);
      const output = await shell.run(block.commands.replaceAll(socket, `unix://${engine.socket}`));

      expect(isAsShown(output, block.shown) ? block.shown : output).toBe(block.shown);
    });
  });
}

describeWhere(QEMU_MISSING, 'the quick starts of the documents on qemu', () => {
  it.each(quickStarts('qemu'))('$document, line $block.line', async ({ block }) => {
    const images = dirname(await guestImages());
    const boot = {
      kernel: { file: join(images, 'vmlinuz') },
      initrd: { file: join(images, 'initrd.gz') },
      commandLine: 'quiet',
    };
    await using shell = await QuickStartShell.open({ QEMU_ACCELERATOR: 'tcg', QEMU_STOP_SECONDS: '5' });
    const commands = block.commands
      .replace(/https:\S+\.qcow2/, `file://${join(images, 'disk.qcow2')}`)
      // The disk of the test has no boot loader.
      .replace('"firmware": "bios"', JSON.stringify(boot).slice(1, -1));
    const output = await shell.run(commands);

    expect(isAsShown(output, block.shown) ? block.shown : output).toBe(block.shown);
    const lines = await shell.consoleWith('UIM-GUEST-DONE');
    expect(lines).toContain('UIM-SSH-KEYS=1');
    expect(lines).toContain('UIM-HOSTNAME=desk');
  });
});
