import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TenantGuard } from './tenant.guard';

/** Puts every route that is not public behind the tenant guard. */
@Module({ providers: [{ provide: APP_GUARD, useClass: TenantGuard }] })
export class TenancyModule {}
