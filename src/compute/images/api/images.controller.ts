import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { nextLink } from '../../../platform/http/responses/next-link';
import { ApiTenant, type Caller, CurrentCaller } from '../../../access/tenancy';
import { ImageListDto, ListImagesQuery, toImageList } from './image.dto';
import { ImagesService } from '../images.service';

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
  @ApiProblems('validation_failed', 'invalid_page_token', 'invalid_tenant', 'database_unavailable')
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
