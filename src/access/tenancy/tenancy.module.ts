import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Clock } from '../../platform/async/clock';
import { AppConfig } from '../../config';
import { Authentication } from './authentication';
import { Exposure } from './exposure';
import { GatewayAuthentication } from './gateway.authentication';
import { JwtAuthentication } from './jwt/jwt.authentication';
import { TenantGuard } from './tenant.guard';

function authenticationOf({ auth, tenancy }: AppConfig, clock: Clock): Authentication {
  return auth.mode === 'jwt'
    ? new JwtAuthentication(auth, tenancy, clock)
    : new GatewayAuthentication(auth, tenancy);
}

/** Authentication: a global guard for every route that is not public, using the configured mode. */
@Module({
  providers: [
    Clock,
    { provide: Authentication, useFactory: authenticationOf, inject: [AppConfig, Clock] },
    { provide: APP_GUARD, useClass: TenantGuard },
    Exposure,
  ],
})
export class TenancyModule {}
