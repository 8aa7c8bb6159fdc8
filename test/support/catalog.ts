import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An image catalog in its own directory. */
export class CatalogDirectory {
  readonly path = mkdtempSync(join(tmpdir(), 'images-'));
  readonly file = join(this.path, 'images.json');

  constructor(images: readonly object[] = []) {
    this.write(images);
  }

  /** Writes in place, as an editor may. */
  write(images: readonly object[]): void {
    this.writeText(JSON.stringify({ images }));
  }

  writeText(text: string | Uint8Array): void {
    writeFileSync(this.file, text);
  }

  /** Replaces the file by a rename, as tools do. */
  replace(images: readonly object[]): void {
    const next = `${this.file}.new`;
    writeFileSync(next, JSON.stringify({ images }));
    renameSync(next, this.file);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
