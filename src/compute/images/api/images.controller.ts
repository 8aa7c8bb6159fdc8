import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { nextLink } from '../../../platform/http/responses/next-link';
import { ApiTenant, TENANCY_ERRORS, type Caller, CurrentCaller } from '../../../access/tenancy';
import { DATABASE_ERRORS } from '../../../platform/database';
import { ImageListDto, ListImagesQuery, toImageList } from './image.dto';
import { ImagesService } from '../images.service';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';

const PATH = 'api/v1/compute/images';

@ApiTags('images')
@ApiTenant()
@Controller(PATH)
export class ImagesController {
  constructor(private readonly images: ImagesService) {}

  @Get()
  @ApiOperation({
    operationId: 'listImages',
    summary: 'List the images for new instances, by id',
    description:
      'The image catalog of the operator. Container engines also accept names of OCI images that are not in it.',
  })
  @ApiOkResponse({ type: ImageListDto })
  @ApiProblems(
    SERVICE_ERRORS.validation_failed,
    SERVICE_ERRORS.invalid_page_token,
    TENANCY_ERRORS.invalid_tenant,
    DATABASE_ERRORS.database_unavailable,
  )
  list(
    @CurrentCaller() { tenantId }: Caller,
    @Query() query: ListImagesQuery,
    @Res({ passthrough: true }) response: Response,
  ): ImageListDto {
    const page = this.images.list(tenantId, query);
    response.set(nextLink(`/${PATH}`, query, page.nextPageToken));
    return toImageList(page);
  }
}
