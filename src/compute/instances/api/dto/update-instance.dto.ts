import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateIf } from 'class-validator';
import { IsText } from '../../../../platform/http/validation/is-text';
import { IsMetadata } from './metadata.validator';
import { withPatchedFields } from './plain-fields';

class UpdateInstanceMembers {
  @ApiPropertyOptional({ minLength: 1, maxLength: 255, example: 'web-server-1' })
  @ValidateIf((_, value) => value !== undefined)
  @IsText({ min: 1, max: 255 })
  readonly name?: string;
}

/** A JSON merge patch (RFC 7396): absent members stay; null removes a pair of the metadata, or all of it. */
export class UpdateInstanceDto extends withPatchedFields(UpdateInstanceMembers) {
  @ApiPropertyOptional({
    type: 'object',
    nullable: true,
    additionalProperties: { type: 'string', maxLength: 1024, nullable: true },
    example: { application: 'nginx', environment: null },
  })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @Transform(({ obj }: { obj: Record<string, unknown> }) => obj['metadata'])
  @IsMetadata({ isPatch: true })
  readonly metadata?: Record<string, string | null> | null;
}
