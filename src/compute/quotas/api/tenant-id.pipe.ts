import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidTenantError, isTenant } from '../../../access/tenancy';

/** A tenant id in the path; the tenant need not exist. */
@Injectable()
export class TenantIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isTenant(value)) throw new InvalidTenantError('tenantId');
    return value;
  }
}
