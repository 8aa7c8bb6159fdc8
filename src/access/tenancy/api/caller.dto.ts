import { ApiProperty } from '@nestjs/swagger';
import type { Caller } from '../caller';

export class CallerDto {
  @ApiProperty({ example: 'tenant-a', description: 'The tenant that the request acts for' })
  readonly tenantId!: string;

  @ApiProperty({
    example: 'tenant:tenant-a',
    description:
      'The caller as the history of instances names it: `tenant:<id>`, `operator`, or `user:<subject>` of a token',
  })
  readonly actor!: string;

  @ApiProperty({ example: false, description: 'Whether the caller may use the routes for operators' })
  readonly isOperator!: boolean;
}

export function toCaller({ tenantId, actor, isOperator }: Caller): CallerDto {
  return { tenantId, actor, isOperator };
}
