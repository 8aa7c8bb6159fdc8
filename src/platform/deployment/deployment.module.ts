import { Module } from '@nestjs/common';
import { DeploymentConfig } from './deployment.config';
import { Database } from '../database';
import { Deployment } from './deployment';

@Module({
  providers: [
    {
      provide: Deployment,
      useFactory: (database: Database, { name }: DeploymentConfig) => Deployment.of(database, name),
      inject: [Database, DeploymentConfig],
    },
  ],
  exports: [Deployment],
})
export class DeploymentModule {}
