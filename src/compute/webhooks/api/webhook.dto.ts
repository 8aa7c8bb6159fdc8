import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  Matches,
  MaxLength,
  ValidateBy,
} from 'class-validator';
import { IsOptionalNonNull } from '../../../platform/http/validation/is-optional-non-null';
import { isText } from '../../../platform/values/text';
import { isSecret } from '../delivery/signature';
import type { Webhook } from '../webhook';

const MAX_URL = 2048;
const MAX_TYPES = 50;
const MAX_TYPE = 64;
/** All names of types have two parts, except `updated`. */
const TYPE = /^(\*|updated|[a-z][a-z_]*\.(\*|[a-z][a-z_]*))$/;

const URL_EXAMPLE = 'https://hooks.example.com/compute';
const SECRET_EXAMPLE = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const TYPES_DESCRIPTION =
  'Types of the events to deliver: names such as `create.succeeded`, `create.*` for all that begin so, or `*` for all';

/** An absolute http or https URL without credentials. */
const IsWebhookUrl = (): PropertyDecorator =>
  ValidateBy({
    name: 'isWebhookUrl',
    validator: {
      validate: (value) => isText(value, 1, MAX_URL) && isWebUrl(value),
      defaultMessage: () =>
        `url must be an absolute https URL of at most ${MAX_URL} characters, without credentials`,
    },
  });

function isWebUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && hostname !== '';
}

const AreTypes = (): PropertyDecorator => (target, key) => {
  const message = `types must be 1 to ${MAX_TYPES} different types of events, such as create.succeeded, create.* or *`;
  IsArray({ message })(target, key);
  ArrayMinSize(1, { message })(target, key);
  ArrayMaxSize(MAX_TYPES, { message })(target, key);
  ArrayUnique({ message })(target, key);
  MaxLength(MAX_TYPE, { each: true, message })(target, key);
  Matches(TYPE, { each: true, message })(target, key);
};

const IsSecret = (): PropertyDecorator =>
  ValidateBy({
    name: 'isSecret',
    validator: {
      validate: (value) => typeof value === 'string' && isSecret(value),
      defaultMessage: () => 'secret must be whsec_ and 24 to 64 bytes in base64',
    },
  });

const typesSchema = {
  type: 'array',
  minItems: 1,
  maxItems: MAX_TYPES,
  items: { type: 'string', maxLength: MAX_TYPE, pattern: TYPE.source },
  example: ['create.*', 'delete.succeeded'],
  description: TYPES_DESCRIPTION,
} as const;

const secretSchema = {
  minLength: 38,
  maxLength: 94,
  example: SECRET_EXAMPLE,
  description: '`whsec_` and 24 to 64 bytes in base64',
} as const;

export class WebhookDto implements Webhook {
  @ApiProperty({ format: 'uuid', example: '019342d0-3f7c-7b20-a7c1-5d0f2e8b9a11' })
  readonly id!: string;

  @ApiProperty({ format: 'uri', example: URL_EXAMPLE })
  readonly url!: string;

  @ApiProperty({ type: [String], example: ['create.*', 'delete.succeeded'], description: TYPES_DESCRIPTION })
  readonly types!: readonly string[];

  @ApiProperty({ description: 'If false, events wait until it is true' })
  readonly enabled!: boolean;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: null,
    description: 'Why the service disabled it; null otherwise',
  })
  readonly disabledReason!: string | null;

  @ApiProperty({ type: 'integer', example: 0, description: 'Deliveries that have not succeeded yet' })
  readonly pendingDeliveries!: number;

  @ApiProperty({
    example: false,
    description:
      'True if so many deliveries are pending that later events wait; none is lost while events are kept',
  })
  readonly lagging!: boolean;

  @ApiProperty({ type: 'integer', example: 1767225600, description: 'Unix seconds' })
  readonly createdAt!: number;

  @ApiProperty({ type: 'integer', example: 1767225600, description: 'Unix seconds' })
  readonly updatedAt!: number;
}

export class CreatedWebhookDto extends WebhookDto {
  @ApiProperty({
    example: SECRET_EXAMPLE,
    description: 'Verifies the signatures of the deliveries. No other response has it',
  })
  readonly secret!: string;
}

export class WebhookListDto {
  @ApiProperty({ type: [WebhookDto] })
  readonly webhooks!: readonly WebhookDto[];
}

export class CreateWebhookDto {
  @ApiProperty({ format: 'uri', maxLength: MAX_URL, example: URL_EXAMPLE })
  @IsWebhookUrl()
  readonly url!: string;

  @ApiProperty(typesSchema)
  @AreTypes()
  readonly types!: readonly string[];

  @ApiPropertyOptional({ ...secretSchema, description: `${secretSchema.description}; generated if absent` })
  @IsOptionalNonNull()
  @IsSecret()
  readonly secret?: string;
}

export class UpdateWebhookDto {
  @ApiPropertyOptional({ format: 'uri', maxLength: MAX_URL, example: URL_EXAMPLE })
  @IsOptionalNonNull()
  @IsWebhookUrl()
  readonly url?: string;

  @ApiPropertyOptional(typesSchema)
  @IsOptionalNonNull()
  @AreTypes()
  readonly types?: readonly string[];

  @ApiPropertyOptional({ description: 'True also makes its pending deliveries due' })
  @IsOptionalNonNull()
  @IsBoolean()
  readonly enabled?: boolean;

  @ApiPropertyOptional({
    ...secretSchema,
    description: `${secretSchema.description}; signs all later attempts`,
  })
  @IsOptionalNonNull()
  @IsSecret()
  readonly secret?: string;
}
