import { z } from 'zod';
import { type WebhookRow } from '#billing/webhooks/webhook';
import { SIGNING_PROTOCOL } from '#journal/delivery/signature';
import { isWebhookAction } from '#journal/webhook-actions';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { line, reference } from '../wire/fields.js';

const action = z
  .string()
  .max(128)
  .refine(isWebhookAction, 'This is none of the actions that GET /v1/webhooks/actions lists.');
const secret = z.string().min(1).max(1_024);
/** Headers that are ours, or that say how the body is to be read. */
const OWN_HEADERS =
  /^(x-payload-signature.*|host|content-.*|transfer-encoding|connection|te|trailer|upgrade|expect|user-agent)$/i;
const headerName = z
  .string()
  .max(128)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'This is not the name of a header.')
  .refine((name) => !OWN_HEADERS.test(name), 'This header has a meaning of its own; use another one.');

const penaltyBoxData = z
  .object({
    retry_count: z.int().nullish(),
    retry_at: z.string().nullish(),
    cause: z.string().nullish(),
    payload: z.string().nullish(),
  })
  .meta({ id: 'PenaltyBoxData' });

/** Read-only, and in the contract's requests all the same: what is sent there is ignored. */
const readOnly = {
  penalty_box: z.string().nullish().describe('Read-only. ACTIVE while the webhook waits in the penalty box.'),
  previous_secret_key: z.string().nullish().describe('Never answered.'),
  previous_signing_protocol: z.string().nullish().describe('Read-only.'),
  secret_rolled_at: z.string().nullish().describe('Read-only. For a day after it the previous key signs too.'),
  penalty_box_data: penaltyBoxData.nullish().describe('Read-only.'),
};

export const webhookCreateRequest = z
  .object({
    name: line,
    reference,
    url: z.string().max(2_048),
    active: z.boolean().optional().describe('Default: true. While it is false no events are written for it.'),
    authentication_type: z.enum(['PASSWORD', 'API_KEY', 'NONE']).optional(),
    username: z.string().max(256).nullish(),
    password: secret.nullish().describe('Written only.'),
    api_header_field: headerName.nullish().describe('Default: X-API-KEY.'),
    api_key: secret
      .regex(/^[\t\x20-\x7e]*$/, 'A header cannot hold this value.')
      .nullish()
      .describe('Written only.'),
    included_actions: z.array(action).max(200).nullish().describe('None: all.'),
    excluded_actions: z.array(action).max(200).nullish().describe('Wins over what is included.'),
    include_previous_data: z.boolean().optional(),
    secret_key: secret.nullish().describe('Signs what is sent. Made when absent; answered once, on creation and roll.'),
    signing_protocol: z.literal(SIGNING_PROTOCOL).nullish(),
    ...readOnly,
  })
  .meta({ id: 'WebhookCreateRequest' });
export const webhookUpdateRequest = webhookCreateRequest.partial().meta({ id: 'WebhookUpdateRequest' });

export type WebhookCreateRequest = z.output<typeof webhookCreateRequest>;
export type WebhookUpdateRequest = z.output<typeof webhookUpdateRequest>;

export const webhookResponse = z
  .object({ object_type: z.string().nullish(), id: z.string().nullish(), ...webhookCreateRequest.shape })
  .partial()
  .extend({ created_at: z.string().optional(), updated_at: z.string().optional() })
  .meta({ id: 'Webhook' });
export const webhookPage = pageOf(webhookResponse, 'WebhookResponseWrapper');

export const webhookActions = z
  .object({
    data: z
      .array(
        z
          .object({ object_type: z.string().optional(), actions: z.array(z.string()).optional() })
          .meta({ id: 'WebhookAction' }),
      )
      .nullish(),
  })
  .meta({ id: 'WebhookActionResponseWrapper' });

export const webhookConnectionResponse = z
  .object({ successful: z.boolean().nullish(), message: z.string().nullish() })
  .meta({ id: 'WebhookConnectionResponse' });

/** What the contract's requests have and nobody may write. */
export function withoutReadOnly<Body extends Partial<WebhookCreateRequest>>(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !(name in readOnly))) as Body;
}

/** @param shown what is answered this once: the new signing key, or what waits in the penalty box. */
export function toWire(row: WebhookRow, shown: { secretKey?: string; waiting?: string | undefined } = {}) {
  return {
    object_type: 'WEBHOOK',
    id: row.id,
    authentication_type: 'NONE',
    ...row.document,
    secret_key: shown.secretKey,
    previous_signing_protocol: row.secretRolledAt ? SIGNING_PROTOCOL : undefined,
    secret_rolled_at: row.secretRolledAt ? toWireTime(row.secretRolledAt) : undefined,
    penalty_box: row.retryCount > 0 ? 'ACTIVE' : undefined,
    penalty_box_data: row.retryCount > 0 ? penaltyBox(row, shown.waiting) : undefined,
    created_at: toWireTime(row.createdAt),
    updated_at: toWireTime(row.updatedAt),
  };
}

function penaltyBox({ retryCount, retryAt, cause }: WebhookRow, payload: string | undefined) {
  return {
    retry_count: retryCount,
    retry_at: retryAt ? toWireTime(retryAt) : undefined,
    cause: cause ?? undefined,
    payload,
  };
}
