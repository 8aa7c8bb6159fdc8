import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  type ValidationArguments,
} from 'class-validator';
import { PROBE_KINDS, type ProbeKind } from '../../../../drivers';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../platform/http/validation/is-text';
import type { ReadinessRequest } from '../../create/guest';

const MAX_SECONDS = 3600;
const DEFAULT_SECONDS = 300;
const MAX_PATH = 1024;
const MAX_TEXT = 255;
const MAX_WORDS = 64;
const MAX_WORD = 4096;

function kindOf(object: object): unknown {
  return 'kind' in object ? object.kind : undefined;
}

/** A member that these kinds of probes require, and the others refuse. */
const ForKind = (...kinds: readonly ProbeKind[]): PropertyDecorator =>
  applyDecorators(
    ValidateIf(
      (request: object, value) => value !== undefined || kinds.some((kind) => kind === kindOf(request)),
    ),
    ValidateBy({
      name: 'forKind',
      validator: {
        validate: (_, argument?: ValidationArguments) =>
          kinds.some((kind) => kind === kindOf(argument?.object ?? {})),
        defaultMessage: (argument) => `${argument?.property ?? ''} is only for kind ${kinds.join(' or ')}`,
      },
    }),
  );

export class GuestReadinessDto implements ReadinessRequest {
  @ApiProperty({
    enum: PROBE_KINDS,
    example: 'http',
    description:
      '`port`: something accepts connections at a published TCP port; `http`: a GET request to one is answered with a status from 200 to 399; `exec`: a command in the guest exits with 0; `serial`: the console has printed a text since the start',
  })
  @IsIn(PROBE_KINDS)
  readonly kind!: ProbeKind;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 65_535,
    example: 80,
    description: 'For `port` and `http`: one of the published TCP ports, as in the guest',
  })
  @ForKind('port', 'http')
  @Min(1)
  @Max(65_535)
  @IsInt()
  readonly port?: number;

  @ApiPropertyOptional({
    maxLength: MAX_PATH,
    default: '/',
    example: '/health',
    description: 'For `http`: path and query',
  })
  @IsOptionalNonNull()
  @ForKind('http')
  @Matches(/^\/[\x21-\x7e]*$/, { message: 'path must begin with / and have no spaces' })
  @IsText({ min: 1, max: MAX_PATH })
  readonly path?: string;

  @ApiPropertyOptional({
    type: [String],
    minItems: 1,
    maxItems: MAX_WORDS,
    example: ['pg_isready'],
    description: 'For `exec`: program and arguments, run without a shell',
  })
  @ForKind('exec')
  @IsText({ max: MAX_WORD }, { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_WORDS)
  @IsArray()
  readonly command?: string[];

  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_TEXT, example: 'login:', description: 'For `serial`' })
  @ForKind('serial')
  @IsText({ min: 1, max: MAX_TEXT })
  readonly text?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_SECONDS,
    default: DEFAULT_SECONDS,
    description: 'After this time from the start of the guest, the service stops probing',
  })
  @IsOptionalNonNull()
  @Min(1)
  @Max(MAX_SECONDS)
  @IsInt()
  readonly timeoutSeconds: number = DEFAULT_SECONDS;
}
