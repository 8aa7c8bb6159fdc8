import { Controller, Delete, Get, HttpCode, Param, Query, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { NoIdempotencyKeyGuard } from '../../../access/idempotency';
import { ApiTenant, type Caller, CurrentCaller } from '../../../access/tenancy';
import { NoDryRunGuard } from '../../../platform/http/requests/dry-run';
import { nextLink } from '../../../platform/http/responses/next-link';
import { NoBodyGuard } from '../../../platform/http/validation/no-body.guard';
import { ImagesService } from '../images.service';
import { type ImageDto, type ImageListDto, ListImagesQuery } from './image.dto';
import { ApiDeleteImage, ApiGetImage, ApiListImages } from './images.openapi';

const PATH = 'api/v1/compute/images';

/** `PublishingController` has the route that adds an image. */
@ApiTags('images')
@ApiTenant()
@Controller(PATH)
export class ImagesController {
  constructor(private readonly images: ImagesService) {}

  @Get()
  @ApiListImages()
  async list(
    @CurrentCaller() { tenantId }: Caller,
    @Query() query: ListImagesQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImageListDto> {
    const page = await this.images.list(tenantId, query);
    response.set(nextLink(`/${PATH}`, query, page.nextPageToken));
    return page;
  }

  @Get(':id')
  @ApiGetImage()
  get(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<ImageDto> {
    return this.images.get(tenantId, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @UseGuards(NoDryRunGuard, NoBodyGuard, NoIdempotencyKeyGuard)
  @ApiDeleteImage()
  remove(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<void> {
    return this.images.remove(tenantId, id);
  }
}
