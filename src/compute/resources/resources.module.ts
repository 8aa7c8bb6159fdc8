import { Module } from '@nestjs/common';
import { ResourceSignals } from './resource-signals';

@Module({ providers: [ResourceSignals], exports: [ResourceSignals] })
export class ResourcesModule {}
