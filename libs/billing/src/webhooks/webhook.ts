import { type Transaction } from '#database/database';
import { API_KEY_HEADER, type EndpointSecrets } from '#journal/delivery/endpoint-request';
import { SIGNING_PROTOCOL } from '#journal/delivery/signature';
import { DomainError } from '#kernel/errors';
import { randomAlphanumerics } from '#kernel/ids';
import { openSecrets, sealSecrets } from '../integrations/secret-box.js';
import { journalResource } from '../resources/journal-resource.js';
import { type JsonObject, mergePatch, textOf } from '../resources/merge-patch.js';
import { changeResource, type Check, createResource } from '../resources/record-resource.js';
import { deleteResource, lockResource, type ResourceTable, type RowOf } from '../resources/resource-table.js';

/** The columns from `secrets` on are not the document's: the first two are written here, the others by the delivery. */
export const webhookTable = {
  table: 'webhook',
  resourceType: 'WEBHOOK',
  idKind: 'webhook',
  columns: {
    name: 'name',
    status: 'status',
    secrets: 'secrets',
    secretRolledAt: 'secret_rolled_at',
    retryCount: 'retry_count',
    retryAt: 'retry_at',
    cause: 'cause',
  },
  columnsOf: (document: JsonObject) => ({
    name: textOf(document, 'name'),
    status: document.active === false ? 'INACTIVE' : 'ACTIVE',
  }),
} as const satisfies ResourceTable;

export type WebhookRow = RowOf<typeof webhookTable> & {
  secrets: string | null;
  secretRolledAt: Date | null;
  retryCount: number;
  retryAt: Date | null;
  cause: string | null;
};

/** A webhook with the signing key that was made for it just now, which nobody can read again. */
export interface WithNewKey {
  webhook: WebhookRow;
  secretKey: string;
}

export interface WebhookOptions {
  check: Check;
  encryptionKey: string | undefined;
}

const NEW_KEY_LENGTH = 48;
const SECRET_FIELDS = ['password', 'api_key', 'secret_key'] as const;

/**
 * @param body as on the wire and validated; without `secret_key` one is made.
 * @throws DomainError for a taken reference, and when this installation has no `encryptionKey`.
 */
export async function createWebhook(
  tx: Transaction,
  platformId: string,
  body: JsonObject,
  { check, encryptionKey }: WebhookOptions,
): Promise<WithNewKey> {
  const { open, secrets } = partWebhookSecrets(body);
  const defaults = { active: true, signing_protocol: SIGNING_PROTOCOL, include_previous_data: false };
  const document = checkedWith(secrets, check)(mergePatch(defaults, open), null);
  const secretKey = secrets.secret_key ?? newKey();
  const sealed = seal({ ...secrets, secret_key: secretKey }, encryptionKey);
  const row = await createResource(tx, webhookTable, platformId, document);
  await tx.$executeRaw`
    UPDATE webhook SET secrets = ${sealed} WHERE platform_id = ${platformId} AND id = ${row.id}`;
  const delivery = { secrets: sealed, secretRolledAt: null, retryCount: 0, retryAt: null, cause: null };
  return { webhook: { ...row, ...delivery }, secretKey };
}

/** Merges a patch into it; secrets that it does not state stay, and a stated `secret_key` rolls the key. */
export async function changeWebhook(
  tx: Transaction,
  platformId: string,
  id: string,
  patch: JsonObject,
  { check, encryptionKey }: WebhookOptions,
): Promise<WebhookRow> {
  const before = await lockWebhook(tx, platformId, id);
  const { open, secrets } = partWebhookSecrets(patch);
  const { secret_key: rolled, ...others } = secrets;
  const known = openAll(before, encryptionKey);
  const kept = { ...known, ...others };
  const document = checkedWith(kept, check)(mergePatch(before.document, open), before.document);
  const { row } = await changeResource(tx, webhookTable, before, document);
  const after = { ...before, ...row };
  if (rolled !== undefined) return storeRolled(tx, after, kept, rolled, encryptionKey);
  return Object.keys(others).length === 0 ? after : storeSecrets(tx, after, kept, encryptionKey);
}

/** @returns the webhook as it was; what it was still to be told is not delivered any more. */
export async function deleteWebhook(tx: Transaction, platformId: string, id: string): Promise<WebhookRow> {
  const row = await lockWebhook(tx, platformId, id);
  await deleteResource(tx, webhookTable, row);
  return row;
}

/** Gives the webhook another signing key, a new one unless it is stated. For a day the old one signs beside it. */
export async function rollSigningKey(
  tx: Transaction,
  platformId: string,
  id: string,
  stated: string | null,
  encryptionKey: string | undefined,
): Promise<WithNewKey> {
  const before = await lockWebhook(tx, platformId, id);
  const secretKey = stated ?? newKey();
  const webhook = await storeRolled(tx, before, openAll(before, encryptionKey), secretKey, encryptionKey);
  return { webhook, secretKey };
}

/** Takes the signing key away. For a day the old one goes on to sign; then nothing is signed. */
export async function removeSigningKey(
  tx: Transaction,
  platformId: string,
  id: string,
  encryptionKey: string | undefined,
): Promise<WebhookRow> {
  const before = await lockWebhook(tx, platformId, id);
  return storeRolled(tx, before, openAll(before, encryptionKey), null, encryptionKey);
}

/** Parts a request into what may be stored in the clear and what is sealed. */
export function partWebhookSecrets(body: JsonObject): { open: JsonObject; secrets: EndpointSecrets } {
  const { password: _p, api_key: _a, secret_key: _s, ...open } = body;
  const stated = SECRET_FIELDS.flatMap((name) => (typeof body[name] === 'string' ? [[name, body[name]]] : []));
  return { open, secrets: Object.fromEntries(stated) as EndpointSecrets };
}

/** `check`, and that what the kind of authentication needs is there. */
export function checkedWith(secrets: EndpointSecrets, check: Check): Check {
  return (document, before) => {
    const checked = check(document, before);
    const { authentication_type: type } = checked;
    if (type === 'PASSWORD') {
      if (textOf(checked, 'username') === null) throw needed('username', type);
      if (secrets.password === undefined) throw needed('password', type);
    }
    if (type === 'API_KEY' && secrets.api_key === undefined) throw needed('api_key', type);
    return type === 'API_KEY' ? { api_header_field: API_KEY_HEADER, ...checked } : checked;
  };
}

function needed(field: string, type: string): DomainError {
  return DomainError.missingField(field, `${field} is required with the authentication_type ${type}.`);
}

async function lockWebhook(tx: Transaction, platformId: string, id: string): Promise<WebhookRow> {
  const row = await lockResource(tx, webhookTable, platformId, { id });
  if (!row) throw DomainError.notFound('WEBHOOK', id);
  return row as WebhookRow;
}

async function storeRolled(
  tx: Transaction,
  row: WebhookRow,
  { secret_key: previous, previous_secret_key: _older, ...others }: EndpointSecrets,
  secretKey: string | null,
  encryptionKey: string | undefined,
): Promise<WebhookRow> {
  const [rolled] = await tx.$queryRaw<{ at: Date }[]>`
    UPDATE webhook SET secret_rolled_at = clock_timestamp() WHERE platform_id = ${row.platformId} AND id = ${row.id}
    RETURNING secret_rolled_at AS at`;
  const secrets = {
    ...others,
    ...(previous === undefined ? {} : { previous_secret_key: previous }),
    ...(secretKey === null ? {} : { secret_key: secretKey }),
  };
  return storeSecrets(tx, { ...row, secretRolledAt: rolled?.at ?? null }, secrets, encryptionKey);
}

async function storeSecrets(
  tx: Transaction,
  row: WebhookRow,
  secrets: EndpointSecrets,
  encryptionKey: string | undefined,
): Promise<WebhookRow> {
  const sealed = seal(secrets, encryptionKey);
  const [written] = await tx.$queryRaw<{ updatedAt: Date; revision: bigint }[]>`
    UPDATE webhook SET secrets = ${sealed}, revision = revision + 1, updated_at = clock_timestamp()
     WHERE platform_id = ${row.platformId} AND id = ${row.id}
    RETURNING updated_at AS "updatedAt", revision`;
  await journalResource(tx, webhookTable, 'UPDATED', row, row, 'Changed: secrets');
  return { ...row, ...written, secrets: sealed };
}

/** A webhook without any other secret has a signing key, stated or made here. */
function seal(secrets: EndpointSecrets, encryptionKey: string | undefined): string {
  const field = SECRET_FIELDS.find((name) => secrets[name] !== undefined) ?? 'secret_key';
  return sealSecrets({ ...secrets }, encryptionKey, field);
}

function openAll({ secrets }: WebhookRow, encryptionKey: string | undefined): EndpointSecrets {
  return secrets === null ? {} : openSecrets(secrets, encryptionKey);
}

function newKey(): string {
  return randomAlphanumerics(NEW_KEY_LENGTH);
}
