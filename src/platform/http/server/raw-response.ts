import type { Duplex } from 'node:stream';
import type { AppError } from '../../errors/app.error';
import { PROBLEM_CONTENT_TYPE, toProblem, type ProblemPlace } from '../problems/problem';

/** Sends a problem document on a socket that Express does not serve, and closes the connection. */
export function endWithProblem(socket: Duplex, error: AppError, place: ProblemPlace): void {
  const problem = toProblem(error, place);
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\n` +
      `Content-Type: ${PROBLEM_CONTENT_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      (error.retryAfterSeconds === undefined ? '' : `Retry-After: ${error.retryAfterSeconds}\r\n`) +
      `X-Request-ID: ${place.requestId}\r\nConnection: close\r\n\r\n${body}`,
  );
}
