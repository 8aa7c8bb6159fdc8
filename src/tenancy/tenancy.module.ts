import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AppConfig } from '../config';
import { Authentication } from './authentication';
import { Exposure } from './exposure';
import { GatewayAuthentication } from './gateway.authentication';
import { JwtAuthentication } from './jwt.authentication';
import { TenantGuard } from './tenant.guard';

function authenticationOf({ auth, tenancy }: AppConfig): Authentication {
  return auth.mode === 'jwt'
    ? new JwtAuthentication(auth, tenancy)
    : new GatewayAuthentication(auth, tenancy);
}

/** Authentication: a global guard for every route that is not public, using the configured mode. */
@Module({
  providers: [
    { provide: Authentication, useFactory: authenticationOf, inject: [AppConfig] },
    { provide: APP_GUARD, useClass: TenantGuard },
    Exposure,
  ],
})
export class TenancyModule {}
