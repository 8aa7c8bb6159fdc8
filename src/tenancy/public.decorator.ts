import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const PUBLIC = 'tenancy:public';

/** Marks a controller or handler that needs no tenant: flavors, health, metrics. All others need one. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC, true);
