import { isDeepStrictEqual } from 'node:util';
import { type Transaction } from '#database/database';
import { sql } from '#database/statement';
import { DomainError } from '#kernel/errors';
import { PermanentFailure } from '#kernel/failures';
import { isJsonObject, type JsonObject, mergePatch, textOf } from '../resources/merge-patch.js';
import { journalResource } from '../resources/journal-resource.js';
import { changeResource, type Check, createResource } from '../resources/record-resource.js';
import { refuseWhileNamed } from '../resources/refuse-while-named.js';
import { deleteResource, lockResource, type ResourceTable, type RowOf } from '../resources/resource-table.js';
import { mergeSecrets, partSecrets } from './authentication.js';
import { openSecrets, sealSecrets, type Secrets } from './secret-box.js';

/** The column `secrets` is written by nothing but `storeSecrets`. */
export const integrationTable = {
  table: 'integration',
  resourceType: 'INTEGRATION',
  idKind: 'integration',
  columns: { type: 'type', variant: 'variant', status: 'status', secrets: 'secrets' },
  columnsOf: (document: JsonObject) => ({
    type: textOf(document, 'type'),
    variant: isJsonObject(document.email_provider) ? textOf(document.email_provider, 'variant') : null,
    status: textOf(document, 'status') ?? 'DRAFT',
  }),
} as const satisfies ResourceTable;

export type IntegrationRow = RowOf<typeof integrationTable> & { secrets: string | null };

/**
 * @param body as on the wire and validated.
 * @throws DomainError for a taken reference, and when it brings secrets and there is no `encryptionKey`.
 */
export async function createIntegration(
  tx: Transaction,
  platformId: string,
  body: JsonObject,
  encryptionKey: string | undefined,
): Promise<IntegrationRow> {
  const { open, secrets } = partSecrets(body);
  const row = await createResource(tx, integrationTable, platformId, open);
  return storeSecrets(tx, { ...row, secrets: null }, secrets, encryptionKey);
}

/** Merges a patch into it; secrets that the patch does not state stay. @throws as `createIntegration`, and not found. */
export async function changeIntegration(
  tx: Transaction,
  platformId: string,
  id: string,
  patch: JsonObject,
  { check, encryptionKey }: { check: Check; encryptionKey: string | undefined },
): Promise<IntegrationRow> {
  const before = await lockIntegration(tx, platformId, id);
  const { open, secrets } = partSecrets(patch);
  const document = check(mergePatch(before.document, open), before.document);
  const { row } = await changeResource(tx, integrationTable, before, document);
  return storeSecrets(tx, { ...row, secrets: before.secrets }, secrets, encryptionKey);
}

/** @throws DomainError RESOURCE_NOT_FOUND */
export async function lockIntegration(tx: Transaction, platformId: string, id: string): Promise<IntegrationRow> {
  const row = await lockResource(tx, integrationTable, platformId, { id });
  if (!row) throw DomainError.notFound('INTEGRATION', id);
  return row as IntegrationRow;
}

/**
 * @returns the integration as it was.
 * @throws DomainError RESOURCE_NOT_FOUND, and INVALID_OPERATION while an action that is not archived sends through it.
 */
export async function deleteIntegration(tx: Transaction, platformId: string, id: string): Promise<IntegrationRow> {
  const row = await lockIntegration(tx, platformId, id);
  await refuseWhileNamed(tx, { resourceType: 'INTEGRATION', id }, [
    [
      'workflow action',
      sql`SELECT id FROM workflow_action
           WHERE platform_id = ${platformId} AND deleted_at IS NULL AND status <> 'ARCHIVED'
             AND config->>'integration_id' = ${id} LIMIT 1`,
    ],
  ]);
  await deleteResource(tx, integrationTable, row);
  return row;
}

async function storeSecrets(
  tx: Transaction,
  row: IntegrationRow,
  stated: Record<string, string | null>,
  encryptionKey: string | undefined,
): Promise<IntegrationRow> {
  if (Object.keys(stated).length === 0) return row;
  const current = readable(row.secrets, encryptionKey);
  const merged = mergeSecrets(current, stated);
  if (isDeepStrictEqual(merged, current)) return row;
  const secrets = Object.keys(merged).length === 0 ? null : sealSecrets(merged, encryptionKey, 'authentication');
  // A mail under way was prepared for the old secrets: the revision tells its gate.
  await tx.$executeRaw`
    UPDATE integration SET secrets = ${secrets}, revision = revision + 1, updated_at = clock_timestamp()
     WHERE platform_id = ${row.platformId} AND id = ${row.id}`;
  await journalResource(tx, integrationTable, 'UPDATED', row, row, 'Changed: authentication');
  return { ...row, secrets };
}

/** Secrets that cannot be opened any more are replaced by what is stated: storing them again is the way out. */
function readable(sealed: string | null, encryptionKey: string | undefined): Secrets {
  try {
    return sealed === null ? {} : openSecrets(sealed, encryptionKey);
  } catch (error) {
    if (error instanceof PermanentFailure) return {};
    throw error;
  }
}
