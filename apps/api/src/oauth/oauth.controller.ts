import { Body, Controller, Get, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { SigningKeys } from '../access/signing-keys.js';
import { bearerOf } from '../http/authentication.js';
import { OpenToEverybody } from '../http/permissions.js';
import { OAuthService } from './oauth.service.js';
import { jwtToken, type TokenRequest, tokenRequest, toWire } from './oauth.wire.js';

@ApiTags('authentication')
@Controller()
export class OAuthController {
  constructor(
    private readonly oauth: OAuthService,
    private readonly signingKeys: SigningKeys,
  ) {}

  @Post('v1/oauth/token')
  @HttpCode(200)
  @OpenToEverybody()
  @ApiOkResponse({ standardSchema: jwtToken })
  async token(@Body({ schema: tokenRequest }) body: TokenRequest, @Headers('x-platform-id') platformId?: string) {
    return toWire(await this.oauth.token(body, platformId === '' ? null : (platformId ?? null)));
  }

  @Post('v1/oauth/refresh-token')
  @HttpCode(200)
  @OpenToEverybody()
  @ApiOkResponse({ standardSchema: jwtToken })
  async refresh(@Headers('authorization') authorization?: string) {
    return toWire(await this.oauth.refresh(bearerOf(authorization)));
  }

  /** What others verify our tokens with. */
  @Get('.well-known/jwks.json')
  @ApiExcludeEndpoint()
  async keys() {
    return this.signingKeys.publicKeys({ looking: false });
  }
}
