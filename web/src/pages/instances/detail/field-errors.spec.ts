import { describe, expect, it } from '@jest/globals';
import { ProblemError, type Problem } from 'uim-compute-client';
import { fieldError, isShownAtFields } from './field-errors';

const refused = (...fields: readonly string[]): ProblemError => {
  const problem: Problem = {
    type: '/api/errors#validation_failed',
    title: 'Bad Request',
    status: 400,
    detail: 'Invalid',
    instance: '/',
    code: 'validation_failed',
    retryable: false,
    requestId: 'r',
    error: 'Invalid',
    message: 'Invalid',
    errors: fields.map((field) => ({ field, message: `${field} is wrong` })),
  };
  return new ProblemError(problem);
};

describe('errors of fields', () => {
  it('are found by the field, also inside of it', () => {
    expect(fieldError(refused('name'), 'name')).toBe('name is wrong');
    expect(fieldError(refused('keep.daily'), 'keep')).toBe('keep.daily is wrong');
    expect(fieldError(refused('name'), 'cron')).toBeUndefined();
    expect(fieldError(new Error('other'), 'name')).toBeUndefined();
  });

  it('are all shown beside fields, or the whole problem is shown', () => {
    expect(isShownAtFields(refused('name'), ['name'])).toBe(true);
    expect(isShownAtFields(refused('name', 'other'), ['name'])).toBe(false);
    expect(isShownAtFields(refused(), ['name'])).toBe(false);
  });
});
