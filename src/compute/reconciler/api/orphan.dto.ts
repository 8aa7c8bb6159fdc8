import { ApiProperty } from '@nestjs/swagger';
import type { DoomedOrphan } from '../orphans/orphans.service';

export class OrphanDto implements DoomedOrphan {
  @ApiProperty({ example: 'docker' })
  readonly driver!: string;

  @ApiProperty({
    example: '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4',
    description: "Instance id in the engine's tag; not necessarily a UUID",
  })
  readonly instanceId!: string;

  @ApiProperty({ example: 'tenant-a', description: "Tenant in the engine's tag" })
  readonly tenantId!: string;

  @ApiProperty({ type: 'integer', example: 1767225600, description: 'Unix seconds' })
  readonly firstSeenAt!: number;

  @ApiProperty({ type: 'integer', example: 1767229200, description: 'Unix seconds' })
  readonly lastSeenAt!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 1767312000,
    description: 'When it will be removed, in Unix seconds; null means never',
  })
  readonly removedAfter!: number | null;
}

export class OrphanListDto {
  @ApiProperty({ type: [OrphanDto], description: 'Oldest first, at most 1000' })
  readonly orphans!: readonly OrphanDto[];
}
