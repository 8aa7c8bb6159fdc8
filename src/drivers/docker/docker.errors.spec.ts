import { DriverError } from '../compute-driver.port';
import { publicWords, toDriverError } from './docker.errors';

const answered = (statusCode: number, message: string) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) unexpected - ${message}`), {
    statusCode,
    json: { message },
  });

describe('what an engine rejects with', () => {
  it.each([
    [400, 'exec: "x": executable file not found in $PATH: unknown', false, 'not found in the image'],
    [404, 'exec: "/x": stat /x: no such file or directory: unknown', false, 'not found in the image'],
    [500, 'write /var/lib/docker/x: no space left on device', true, 'no disk space'],
    [500, 'could not find an available, non-overlapping IPv4 address pool', true, 'no addresses'],
    [400, 'No command specified', false, 'no program to run'],
    [400, 'something odd', false, 'could not make it: something odd'],
    [409, 'something odd', false, 'something odd'],
    [429, 'something odd', true, 'something odd'],
    [503, 'something odd', true, 'something odd'],
  ])('%d %s', (status, text, retryable, words) => {
    const error = toDriverError('make it', answered(status, text));
    expect(error.retryable).toBe(retryable);
    expect(error.message).toContain(words);
  });

  it('is worth a retry where no answer came', () => {
    const away = Object.assign(new Error('connect ENOENT /var/run/docker.sock'), { code: 'ENOENT' });
    expect(toDriverError('make it', away)).toMatchObject({
      retryable: true,
      message: 'The container engine cannot be reached to make it',
      cause: away,
    });
  });

  it('stays what it is where it is one of ours', () => {
    const error = new DriverError('x', { retryable: false });
    expect(toDriverError('make it', error)).toBe(error);
  });

  it('loses paths, addresses and ids', () => {
    const text =
      'Get "https://me:secret@10.0.0.1:5000/v2/": open /var/lib/docker/overlay2/x: dial 10.0.0.1:80, id 0123456789abcdef';
    expect(publicWords(text)).not.toMatch(/secret|var|10\.0|0123/);
    expect(publicWords('y'.repeat(5000)).length).toBeLessThan(400);
  });
});
