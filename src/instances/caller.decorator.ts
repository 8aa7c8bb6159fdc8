import { createParamDecorator } from '@nestjs/common';
import { requestContext } from '../common/http/request-context';
import type { Caller as CallerOf } from './power.service';

/** The request at work, as operations and history name it. */
export const Caller = createParamDecorator((): CallerOf => {
  const context = requestContext();
  return { requestId: context?.requestId ?? '', traceparent: context?.traceparent ?? null };
});
