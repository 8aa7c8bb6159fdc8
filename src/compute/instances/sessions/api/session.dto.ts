import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../platform/http/validation/is-text';
import { IsEnvironment, MAX_VARIABLE, MAX_VARIABLES } from '../../api/dto/environment.validator';
import { SESSION_KINDS, type SessionKind, type SessionRequest } from '../session';

const MAX_WORDS = 64;
const MAX_WORD = 4096;
const MAX_SIZE = 9999;

export class CreateSessionDto implements SessionRequest {
  @ApiProperty({
    enum: SESSION_KINDS,
    example: 'exec',
    description: 'The serial console, the screen (VNC), or a command inside the guest',
  })
  @IsIn(SESSION_KINDS)
  readonly kind!: SessionKind;

  @ApiPropertyOptional({
    type: [String],
    minItems: 1,
    maxItems: MAX_WORDS,
    example: ['sh', '-c', 'uptime'],
    description: 'Program and arguments, run without a shell. Required for kind exec, and only for it',
  })
  @IsOptionalNonNull()
  @IsText({ max: MAX_WORD }, { each: true })
  @ArrayMaxSize(MAX_WORDS)
  @IsArray()
  readonly command?: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: MAX_VARIABLE },
    maxProperties: MAX_VARIABLES,
    example: { TERM: 'xterm' },
    description: 'Additional environment variables of the command; stored only until the client connects',
  })
  @IsOptionalNonNull()
  // The raw value: class-transformer would copy the object and drop some keys.
  @Transform(({ obj }: { obj: Record<string, unknown> }) => obj['env'])
  @IsEnvironment()
  readonly env?: Record<string, string>;

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    example: true,
    description: 'Whether the command gets a terminal; its output is then one stream',
  })
  @IsOptionalNonNull()
  @IsBoolean()
  readonly tty?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_SIZE,
    default: 80,
    description: 'Width of the terminal in characters',
  })
  @IsOptionalNonNull()
  @Max(MAX_SIZE)
  @Min(1)
  @IsInt()
  readonly width?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_SIZE,
    default: 24,
    description: 'Height of the terminal in characters',
  })
  @IsOptionalNonNull()
  @Max(MAX_SIZE)
  @Min(1)
  @IsInt()
  readonly height?: number;
}

export class SessionDto {
  @ApiProperty({ format: 'uuid', example: '019342d0-4a11-7c11-9a57-0c5f2d1b8e10' })
  readonly id!: string;

  @ApiProperty({ enum: SESSION_KINDS, example: 'exec' })
  readonly kind!: SessionKind;

  @ApiProperty({
    type: 'integer',
    example: 1767225630,
    description: 'Unix seconds; the client must have connected by then',
  })
  readonly expiresAt!: number;

  @ApiProperty({
    example:
      'wss://compute.example.com/api/v1/compute/instances/019342d0-3f79-7d02-8b1a-77c3a0e5f2a4/console-sessions/019342d0-4a11-7c11-9a57-0c5f2d1b8e10/connect?ticket=Qf3…',
    description:
      'WebSocket URL, which opens the session once. It contains a secret: do not store or log it. Starts with `PUBLIC_URL` or the host of the request',
  })
  readonly url!: string;
}
