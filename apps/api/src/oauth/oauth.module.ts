import { Module } from '@nestjs/common';
import { PayModule } from '../pay/pay.module.js';
import { OAuthController } from './oauth.controller.js';
import { OAuthService } from './oauth.service.js';

@Module({ imports: [PayModule], controllers: [OAuthController], providers: [OAuthService] })
export class OAuthModule {}
