import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidTenantError, isTenant } from '../tenancy';

/** A tenant in the path: any that there could be. */
@Injectable()
export class TenantIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isTenant(value)) throw new InvalidTenantError('tenantId');
    return value;
  }
}
