import type { CommandOutput } from '../../port/sessions';

const HEADER_BYTES = 8;
const STDERR = 2;

/**
 * Separates an engine's stream of standard output and error. Each chunk has a header: one byte for the stream, three
 * unused, four for the length. Passes data on as it arrives, so it buffers at most a header.
 */
export class DockerFrames {
  private header = Buffer.alloc(0);
  private stream: CommandOutput['stream'] = 'stdout';
  private left = 0;

  take(chunk: Buffer): readonly CommandOutput[] {
    const found: CommandOutput[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      if (this.left === 0) {
        rest = this.takeHeader(rest);
      } else {
        const data = rest.subarray(0, this.left);
        this.left -= data.length;
        rest = rest.subarray(data.length);
        found.push({ stream: this.stream, data });
      }
    }
    return found;
  }

  private takeHeader(rest: Buffer): Buffer {
    const wanted = HEADER_BYTES - this.header.length;
    this.header = Buffer.concat([this.header, rest.subarray(0, wanted)]);
    if (this.header.length === HEADER_BYTES) {
      this.stream = this.header.readUInt8(0) === STDERR ? 'stderr' : 'stdout';
      this.left = this.header.readUInt32BE(4);
      this.header = Buffer.alloc(0);
    }
    return rest.subarray(wanted);
  }
}
