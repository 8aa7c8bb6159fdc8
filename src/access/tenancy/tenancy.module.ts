import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Clock } from '../../platform/async/clock';
import { CallerController } from './api/caller.controller';
import { TenancyConfig } from './tenancy.config';
import { Authentication } from './authentication';
import { Exposure } from './exposure';
import { GatewayAuthentication } from './gateway.authentication';
import { TenantGuard } from './tenant.guard';

async function authenticationOf(tenancy: TenancyConfig, clock: Clock): Promise<Authentication> {
  const { auth } = tenancy;
  if (auth.mode === 'gateway') return new GatewayAuthentication(auth, tenancy);
  // Loaded only if needed, like the client of PostgreSQL: both slow down the start.
  const { JwtAuthentication } = await import('./jwt/jwt.authentication.js');
  return new JwtAuthentication(auth, tenancy, clock);
}

/** Authentication: a global guard for every route that is not public, using the configured mode. */
@Module({
  controllers: [CallerController],
  providers: [
    Clock,
    { provide: Authentication, useFactory: authenticationOf, inject: [TenancyConfig, Clock] },
    { provide: APP_GUARD, useClass: TenantGuard },
    Exposure,
  ],
})
export class TenancyModule {}
