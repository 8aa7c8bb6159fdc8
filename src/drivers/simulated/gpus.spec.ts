import { parseGpus } from './gpus';

describe('the GPUs of a simulated host', () => {
  it.each([
    ['-1', { gpus: -1 }],
    ['0', { gpus: 0 }],
    ['1000000000', { gpus: 1_000_000_000 }],
    ['nvidia-l40s:4,nvidia-a2:2', { gpus: 6, gpuModels: { 'nvidia-l40s': 4, 'nvidia-a2': 2 } }],
    ['4090:1', { gpus: 1, gpuModels: { '4090': 1 } }],
  ])('are read from %s', (input, expected) => {
    expect(parseGpus(input)).toEqual(expected);
  });

  it.each([
    '1000000001',
    '-2',
    '1.5',
    'nvidia-l40s',
    'nvidia-l40s:',
    'nvidia-l40s:0',
    'nvidia-l40s:-1',
    'nvidia-l40s:04',
    'nvidia-l40s:1000000000',
    'nvidia l40s:4',
    ':4',
    'a:1,',
    'a:1,,b:1',
    'a:1, b:1',
    'a:1:2',
    `${'a'.repeat(64)}:1`,
    '',
  ])('are refused in "%s"', (input) => {
    expect(() => parseGpus(input)).toThrow(
      'must be -1 to 1000000000, or numbers by model such as nvidia-l40s:4,nvidia-a2:2',
    );
  });

  it('are refused if a model is named twice', () => {
    expect(() => parseGpus('a:1,b:1,a:2')).toThrow('must name each model of GPU once');
  });
});
