import { type Transaction } from '#database/database';

/**
 * A person asks to be forgotten: takes out of the journal what was said about these resources. That something was done, when
 * and by whom stays; events that were not delivered yet are told with the ids alone.
 * @param resourceIds the customer and all that belongs to it.
 */
export async function eraseFromJournal(tx: Transaction, platformId: string, resourceIds: string[]): Promise<void> {
  await tx.$executeRaw`SELECT set_config('billing_workflows.erasing', 'on', true)`;
  await tx.$executeRaw`
    UPDATE audit_record SET changes = NULL
     WHERE platform_id = ${platformId} AND changes IS NOT NULL
       AND (target_id = ANY(${resourceIds}::text[]) OR target_entity_id = ANY(${resourceIds}::text[]))`;
  await tx.$executeRaw`SELECT set_config('billing_workflows.erasing', 'off', true)`;
  await tx.$executeRaw`
    UPDATE webhook_event
       SET payload = (payload - 'previous_data')
             || jsonb_build_object('data', jsonb_build_object('object_type', resource_type, 'id', resource_id))
     WHERE platform_id = ${platformId}
       AND (resource_id = ANY(${resourceIds}::text[]) OR payload->'data'->>'customer_id' = ANY(${resourceIds}::text[]))`;
}
