import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class FieldErrorDto {
  @ApiProperty({ example: 'name' })
  readonly field!: string;

  @ApiProperty({ example: 'name must be text of 1 to 255 characters' })
  readonly message!: string;
}

/** The shape of every error, for the OpenAPI document. */
export class ProblemDto {
  @ApiProperty({
    format: 'uri-reference',
    example: '/api/errors#instance_not_found',
    description: 'Link to the explanation of the code',
  })
  readonly type!: string;

  @ApiProperty({ example: 'Not Found' })
  readonly title!: string;

  @ApiProperty({ type: 'integer', example: 404 })
  readonly status!: number;

  @ApiProperty({ example: 'Instance not found', description: 'What went wrong and how to fix it' })
  readonly detail!: string;

  @ApiProperty({ description: 'Path of the request', example: '/api/v1/compute/instances/x' })
  readonly instance!: string;

  @ApiProperty({ example: 'instance_not_found', description: 'Stable error code' })
  readonly code!: string;

  @ApiProperty({
    example: false,
    description: 'Whether the unchanged request can succeed after `Retry-After`',
  })
  readonly retryable!: boolean;

  @ApiProperty({ example: '5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1' })
  readonly requestId!: string;

  @ApiProperty({ example: 'Instance not found', description: 'Same as `detail`' })
  readonly error!: string;

  @ApiProperty({ example: 'Instance not found', description: 'Same as `detail`' })
  readonly message!: string;

  @ApiPropertyOptional({ type: [FieldErrorDto], description: 'One entry for each invalid member' })
  readonly errors?: readonly FieldErrorDto[];
}
