import { STATUS_CODES } from 'node:http';
import { ERROR_SECTIONS } from '../../src/documents/error-sections';
import type { Problem } from '../../src/platform/http/problems/problem';
import type { ApiResponse } from './client';
import { parseJson } from './json';

export interface ExpectedProblem {
  readonly status: number;
  readonly code?: string;
  readonly detail?: string;
}

type AnyProblem = Problem & { readonly errors?: readonly { field: string; message: string }[] };

/** Checks an error response against the common format and returns its document. */
export function expectProblem(
  answer: ApiResponse<unknown>,
  { status, code, detail }: ExpectedProblem,
): AnyProblem {
  const problem = parseJson<AnyProblem>(answer.text.startsWith('{') ? answer.text : '{}');
  const seen = { status: answer.status, code: problem.code, detail: problem.detail };
  expect(seen).toEqual({
    status,
    code: code ?? seen.code,
    detail: detail ?? seen.detail,
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json(;|$)/);
  expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.text)));
  expect(problem.status).toBe(status);
  expect(problem.title).toBe(STATUS_CODES[status]);
  expect(problem.code).toMatch(/^[a-z]+(_[a-z]+)*$/);
  expect(problem.type).toBe(`/api/errors#${problem.code}`);
  const documented = ERROR_SECTIONS.flatMap(({ errors }) => errors).find(
    (error) => error.code === problem.code,
  );
  expect(documented?.status).toBe(status);
  expect(problem.retryable).toBe(answer.headers.has('retry-after'));
  if ([429, 503].includes(status)) expect(problem.retryable).toBe(true);
  expect(problem.detail).toMatch(/^.{5,}$/s);
  expect([problem.error, problem.message]).toEqual([problem.detail, problem.detail]);
  expect(typeof problem.instance).toBe('string');
  expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
  expect(answer.text).not.toMatch(/\bat .*:\d+:\d+|node_modules|\.(ts|js):\d|SELECT |<html/i);
  return problem;
}
