import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { identifierOf, type UpsertQuery, upsertQuery } from '../http/upsert.js';
import { contactListing } from './contact.listing.js';
import {
  type ContactCreateRequest,
  contactCreateRequest,
  contactPage,
  contactResponse,
  type ContactUpdateRequest,
  contactUpdateRequest,
  type ContactUpsertRequest,
  contactUpsertRequest,
  toWire,
} from './contact.wire.js';
import { ContactsService } from './contacts.service.js';

@ApiTags('contacts')
@Controller('v1/contacts')
export class ContactsController {
  constructor(
    private readonly contacts: ContactsService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('CONTACT.VIEW')
  @ApiOkResponse({ standardSchema: contactPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: contactListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.contacts.byIds(platformId, ids)).map(toWire);
    return this.pages.read(contactListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('CONTACT.CREATE')
  @ApiCreatedResponse({ standardSchema: contactResponse })
  async create(@PlatformId() platformId: string, @Body({ schema: contactCreateRequest }) body: ContactCreateRequest) {
    return toWire(await this.contacts.create(platformId, body));
  }

  @Put()
  @HttpCode(201)
  @RequiresPermission('CONTACT.CREATE', 'CONTACT.UPDATE')
  @ApiCreatedResponse({ standardSchema: contactResponse })
  async upsert(
    @PlatformId() platformId: string,
    @Query({ schema: upsertQuery }) query: UpsertQuery,
    @Body({ schema: contactUpsertRequest }) body: ContactUpsertRequest,
  ) {
    return toWire(await this.contacts.upsert(platformId, body, identifierOf(query)));
  }

  @Get(':resourceId')
  @RequiresPermission('CONTACT.VIEW')
  @ApiOkResponse({ standardSchema: contactResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.contacts.get(platformId, id));
  }

  @Patch(':resourceId')
  @RequiresPermission('CONTACT.UPDATE')
  @ApiOkResponse({ standardSchema: contactResponse })
  async patch(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Body({ schema: contactUpdateRequest }) body: ContactUpdateRequest,
  ) {
    return toWire(await this.contacts.patch(platformId, id, body));
  }

  @Delete(':resourceId')
  @RequiresPermission('CONTACT.DELETE')
  @ApiOkResponse({ standardSchema: contactResponse })
  async delete(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.contacts.delete(platformId, id));
  }
}
