import { type JsonObject, textOf } from '#billing/resources/merge-patch';
import { type OutgoingRules, urlProblem } from '#journal/outgoing/address-guard';
import { DomainError } from '#kernel/errors';
import { validate } from '../http/validation.js';
import { webhookCreateRequest } from './webhook.wire.js';

/** Judges a webhook as it would be stored, without asking anybody where its name leads (e.75). */
export function webhookCheck(rules: OutgoingRules): (document: JsonObject) => JsonObject {
  return (document) => {
    const checked = validate(webhookCreateRequest, document);
    const problem = urlProblem(textOf(checked, 'url') ?? '', rules);
    if (problem) throw DomainError.invalidField('url', problem);
    return checked;
  };
}
