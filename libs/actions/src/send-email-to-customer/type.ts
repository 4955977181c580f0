import { type ActionType } from '../action-type.js';
import { emailConfig, type EmailConfig } from './email-config.js';
import { checkEmail, withEmailDefaults } from './email-rules.js';

export const sendEmailToCustomer = {
  name: 'SEND_EMAIL_TO_CUSTOMER',
  block: 'send_email_to_customer',
  schema: emailConfig,
  withDefaults: withEmailDefaults,
  check: checkEmail,
  integration({ integration_id: id }: EmailConfig) {
    return id === undefined ? null : { id, field: 'send_email_to_customer.integration_id', type: 'EMAIL_PROVIDER' };
  },
} as const satisfies ActionType<EmailConfig>;
