import { isJsonObject, type JsonObject } from '#billing/resources/merge-patch';
import { DomainError } from '#kernel/errors';
import { validate } from '../http/validation.js';
import { integrationCreateRequest, OTHER_BLOCKS } from './integration.wire.js';

/**
 * Judges an integration as it would be stored.
 * @param before null for a new one.
 * @throws DomainError for what this version does not serve, and for becoming ACTIVE without a test.
 */
export function checkIntegration(document: JsonObject, before: JsonObject | null): JsonObject {
  const checked = validate(integrationCreateRequest, document);
  if (checked.type !== 'EMAIL_PROVIDER') {
    const message = `This version serves integrations of type EMAIL_PROVIDER only, not ${checked.type}.`;
    throw DomainError.invalidOperation(message, { field: 'type' });
  }
  const stray = OTHER_BLOCKS.find((block) => checked[block] !== undefined);
  if (stray)
    throw DomainError.invalidField(stray, `${stray} does not belong to an integration of type EMAIL_PROVIDER.`);
  checkActive(checked, before);
  return checked;
}

/** A mail server of one's own has to be tried first; the installation's own is known to its operator. */
function checkActive(checked: JsonObject, before: JsonObject | null): void {
  const becomesActive = checked.status === 'ACTIVE' && before?.status !== 'ACTIVE';
  if (!becomesActive || variantOf(checked) === 'SYSTEM') return;
  const message = 'Activate it by POST /v1/integrations/{id}/activate, which tries the connection.';
  throw DomainError.invalidOperation(message, { field: 'status' });
}

function variantOf(document: JsonObject): unknown {
  return isJsonObject(document.email_provider) ? document.email_provider.variant : undefined;
}
