import { Module } from '@nestjs/common';
import { AppConfig } from '../../config';
import { Database } from '../database';
import { Deployment } from './deployment';

@Module({
  providers: [
    {
      provide: Deployment,
      useFactory: (database: Database, { deployment }: AppConfig) => Deployment.of(database, deployment),
      inject: [Database, AppConfig],
    },
  ],
  exports: [Deployment],
})
export class DeploymentModule {}
