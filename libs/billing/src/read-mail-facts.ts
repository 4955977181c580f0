import { type Database } from '#database/database';
import { sql, type Statement } from '#database/statement';
import { type MailFacts, type SubscriptionFact, type WalletFact } from './mail-facts.js';
import { type JsonObject } from './resources/merge-patch.js';

export interface MailSubject {
  platformId: string;
  customerId: string | null;
  invoiceId: string | null;
  paymentId: string | null;
  walletId?: string | null;
  subscriptionId?: string | null;
  scheduleId?: string | null;
  integrationId: string | null;
}

type ScheduleFact = NonNullable<SubscriptionFact['schedule']>;

/** What the database gives for `MailFacts`. */
export interface MailFactsRow {
  platform: MailFacts['platform'];
  customer: MailFacts['customer'];
  contacts: MailFacts['contacts'];
  invoice: (Omit<NonNullable<MailFacts['invoice']>, 'dueDate'> & { dueDate: string | null }) | null;
  payment: MailFacts['payment'];
  wallet: (Omit<WalletFact, 'grants'> & { grants: { document: JsonObject; createdAt: string }[] }) | null;
  subscription:
    | (Omit<SubscriptionFact, 'schedule'> & {
        schedule: (Omit<ScheduleFact, 'startAt' | 'endAt'> & { startAt: string | null; endAt: string | null }) | null;
      })
    | null;
  billingEntity: MailFacts['billingEntity'];
  paymentAcceptors: MailFacts['paymentAcceptors'];
  integration: MailFacts['integration'];
}

/** @throws when the platform is gone. */
export async function readMailFacts(database: Database, subject: MailSubject): Promise<MailFacts> {
  const { platformId, customerId, invoiceId, paymentId, walletId = null, integrationId } = subject;
  const { subscriptionId = null, scheduleId = null } = subject;
  const [row] = await database.query(
    mailFacts(sql`
      SELECT ${platformId}::text AS platform_id, ${customerId}::text AS customer_id, ${invoiceId}::text AS invoice_id,
             ${paymentId}::text AS payment_id, ${walletId}::text AS wallet_id,
             ${subscriptionId}::text AS subscription_id, ${scheduleId}::text AS schedule_id, ${integrationId}::text AS integration_id`),
  );
  if (!row) throw new Error(`The platform ${platformId} is gone.`);
  return toMailFacts(row);
}

/**
 * Everything that a mail is about, in one statement and so in one snapshot.
 * @param subject gives one row: platform_id, customer_id, invoice_id, payment_id, wallet_id, subscription_id, schedule_id,
 *   integration_id.
 */
export function mailFacts(subject: Statement): Statement<MailFactsRow> {
  return sql<MailFactsRow>`
    SELECT jsonb_build_object('id', p.id, 'name', p.name, 'timezone', p.timezone, 'locale', p.locale) AS platform,
      (SELECT jsonb_build_object('id', c.id, 'status', c.status, 'email', c.email, 'timezone', c.timezone, 'locale', c.locale,
                'document', c.document, 'revision', c.revision::text)
         FROM customer c WHERE c.platform_id = p.id AND c.id = subject.customer_id AND c.deleted_at IS NULL) AS customer,
      (SELECT coalesce(jsonb_agg(k.document ORDER BY k.created_at, k.id), '[]')
         FROM contact k WHERE k.platform_id = p.id AND k.customer_id = subject.customer_id AND k.deleted_at IS NULL) AS contacts,
      (SELECT jsonb_build_object('id', i.id, 'status', i.status, 'type', i.type, 'openAmount', i.open_amount::text,
                'dueDate', i.due_date, 'document', i.document, 'documentRevision', i.document_revision,
                'printed', EXISTS (SELECT 1 FROM invoice_document d WHERE d.platform_id = i.platform_id
                                    AND d.invoice_id = i.id AND d.document_revision = i.document_revision),
                'revision', i.revision::text)
         FROM invoice i WHERE i.platform_id = p.id AND i.id = subject.invoice_id) AS invoice,
      (SELECT jsonb_build_object('id', y.id, 'result', y.result, 'document', y.document, 'revision', y.revision::text)
         FROM payment y WHERE y.platform_id = p.id AND y.id = subject.payment_id) AS payment,
      (SELECT jsonb_build_object('id', w.id, 'reference', w.reference, 'status', w.status, 'walletTypeId', w.wallet_type_id,
                'type', t.document, 'revision', w.revision::text,
                'grants', (SELECT coalesce(jsonb_agg(jsonb_build_object('document', g.document, 'createdAt', g.created_at)
                                             ORDER BY g.created_at, g.id), '[]')
                             FROM wallet_grant g WHERE g.platform_id = w.platform_id AND g.wallet_id = w.id AND g.deleted_at IS NULL))
         FROM wallet w JOIN wallet_type t ON t.platform_id = w.platform_id AND t.id = w.wallet_type_id
        WHERE w.platform_id = p.id AND w.id = subject.wallet_id AND w.deleted_at IS NULL) AS wallet,
      (SELECT jsonb_build_object('id', u.id, 'reference', u.reference, 'customerId', u.customer_id, 'status', u.status,
                'type', u.type, 'document', u.document, 'revision', u.revision::text,
                'schedule', (SELECT jsonb_build_object('id', h.id, 'type', h.type, 'startAt', h.start_at, 'endAt', h.end_at,
                                      'document', h.document)
                               FROM pricing_plan_schedule h
                              WHERE h.platform_id = u.platform_id AND h.id = subject.schedule_id AND h.deleted_at IS NULL))
         FROM pricing_plan_subscription u
        WHERE u.platform_id = p.id AND u.id = subject.subscription_id AND u.deleted_at IS NULL) AS subscription,
      (SELECT b.document || jsonb_build_object('id', b.id) FROM billing_entity b
        WHERE b.platform_id = p.id AND b.deleted_at IS NULL AND b.id = coalesce(seller.id,
              (SELECT min(sole.id) FROM billing_entity sole WHERE sole.platform_id = p.id AND sole.deleted_at IS NULL
               HAVING count(*) = 1))) AS "billingEntity",
      (SELECT coalesce(jsonb_agg(a.document || jsonb_build_object('id', a.id) ORDER BY a.created_at, a.id), '[]')
         FROM payment_acceptor a
        WHERE a.platform_id = p.id AND a.status = 'ACTIVE' AND a.deleted_at IS NULL
          AND (a.billing_entity_id = seller.id OR a.id = ANY(seller.acceptors))) AS "paymentAcceptors",
      (SELECT jsonb_build_object('id', n.id, 'type', n.type, 'variant', n.variant, 'status', n.status, 'secrets', n.secrets,
                'document', n.document, 'revision', n.revision::text)
         FROM integration n WHERE n.platform_id = p.id AND n.id = subject.integration_id AND n.deleted_at IS NULL) AS integration
      FROM (${subject}) AS subject
      JOIN platform p ON p.id = subject.platform_id
      LEFT JOIN LATERAL (
        SELECT i.billing_entity_id AS id,
               ARRAY(SELECT jsonb_array_elements_text(CASE WHEN jsonb_typeof(i.document -> 'payment_acceptor_ids') = 'array'
                                                           THEN i.document -> 'payment_acceptor_ids' ELSE '[]' END)) AS acceptors
          FROM invoice i WHERE i.platform_id = p.id AND i.id = subject.invoice_id
         UNION ALL
        (SELECT g.document ->> 'billing_entity_id', ARRAY[]::text[]
           FROM wallet_grant g WHERE g.platform_id = p.id AND g.wallet_id = subject.wallet_id AND g.deleted_at IS NULL
          ORDER BY g.created_at DESC, g.id DESC LIMIT 1)
         UNION ALL
        SELECT u.billing_entity_id, ARRAY[]::text[]
          FROM pricing_plan_subscription u WHERE u.platform_id = p.id AND u.id = subject.subscription_id
      ) AS seller ON true`;
}

export function toMailFacts(row: MailFactsRow): MailFacts {
  const { invoice, wallet, subscription } = row;
  return {
    ...row,
    invoice: invoice && { ...invoice, dueDate: invoice.dueDate ? new Date(invoice.dueDate) : null },
    subscription: subscription && {
      ...subscription,
      schedule: subscription.schedule && withDates(subscription.schedule),
    },
    wallet: wallet && { ...wallet, grants: wallet.grants.map(withCreation) },
  };
}

function withDates<Schedule extends { startAt: string | null; endAt: string | null }>(schedule: Schedule) {
  const date = (text: string | null) => (text === null ? null : new Date(text));
  return { ...schedule, startAt: date(schedule.startAt), endAt: date(schedule.endAt) };
}

function withCreation<Grant extends { createdAt: string }>(grant: Grant) {
  return { ...grant, createdAt: new Date(grant.createdAt) };
}
