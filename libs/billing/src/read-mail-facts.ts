import { type Transaction } from '#database/database';
import { type MailFacts } from './mail-facts.js';

export interface MailSubject {
  platformId: string;
  customerId: string | null;
  invoiceId: string | null;
  paymentId: string | null;
  integrationId: string | null;
}

interface FactsRow {
  platform: MailFacts['platform'];
  customer: MailFacts['customer'];
  contacts: MailFacts['contacts'];
  invoice: (Omit<NonNullable<MailFacts['invoice']>, 'dueDate'> & { dueDate: string | null }) | null;
  payment: MailFacts['payment'];
  billingEntity: MailFacts['billingEntity'];
  paymentAcceptors: MailFacts['paymentAcceptors'];
  integration: MailFacts['integration'];
}

/** Everything that a mail is about, in one statement and so in one snapshot. */
export async function readMailFacts(tx: Transaction, subject: MailSubject): Promise<MailFacts> {
  const { platformId } = subject;
  const [row] = await tx.$queryRaw<FactsRow[]>`
    SELECT jsonb_build_object('id', p.id, 'name', p.name, 'timezone', p.timezone, 'locale', p.locale) AS platform,
      (SELECT jsonb_build_object('id', c.id, 'status', c.status, 'email', c.email, 'timezone', c.timezone, 'locale', c.locale,
                'document', c.document, 'revision', c.revision::text)
         FROM customer c WHERE c.platform_id = p.id AND c.id = ${subject.customerId} AND c.deleted_at IS NULL) AS customer,
      (SELECT coalesce(jsonb_agg(k.document ORDER BY k.created_at, k.id), '[]')
         FROM contact k WHERE k.platform_id = p.id AND k.customer_id = ${subject.customerId} AND k.deleted_at IS NULL) AS contacts,
      (SELECT jsonb_build_object('id', i.id, 'status', i.status, 'type', i.type, 'openAmount', i.open_amount::text,
                'dueDate', i.due_date, 'document', i.document, 'documentRevision', i.document_revision,
                'revision', i.revision::text)
         FROM invoice i WHERE i.platform_id = p.id AND i.id = ${subject.invoiceId}) AS invoice,
      (SELECT jsonb_build_object('id', y.id, 'result', y.result, 'document', y.document, 'revision', y.revision::text)
         FROM payment y WHERE y.platform_id = p.id AND y.id = ${subject.paymentId}) AS payment,
      (SELECT b.document || jsonb_build_object('id', b.id) FROM billing_entity b
        WHERE b.platform_id = p.id AND b.deleted_at IS NULL AND b.id = seller.id) AS "billingEntity",
      (SELECT coalesce(jsonb_agg(a.document || jsonb_build_object('id', a.id) ORDER BY a.created_at, a.id), '[]')
         FROM payment_acceptor a
        WHERE a.platform_id = p.id AND a.status = 'ACTIVE' AND a.deleted_at IS NULL
          AND (a.billing_entity_id = seller.id OR a.id = ANY(seller.acceptors))) AS "paymentAcceptors",
      (SELECT jsonb_build_object('id', n.id, 'type', n.type, 'variant', n.variant, 'status', n.status, 'secrets', n.secrets,
                'document', n.document, 'revision', n.revision::text)
         FROM integration n WHERE n.platform_id = p.id AND n.id = ${subject.integrationId} AND n.deleted_at IS NULL) AS integration
      FROM platform p
      LEFT JOIN LATERAL (
        SELECT i.billing_entity_id AS id,
               ARRAY(SELECT jsonb_array_elements_text(CASE WHEN jsonb_typeof(i.document -> 'payment_acceptor_ids') = 'array'
                                                           THEN i.document -> 'payment_acceptor_ids' ELSE '[]' END)) AS acceptors
          FROM invoice i WHERE i.platform_id = p.id AND i.id = ${subject.invoiceId}
      ) AS seller ON true
     WHERE p.id = ${platformId}`;
  if (!row) throw new Error(`The platform ${platformId} is gone.`);
  return {
    ...row,
    invoice: row.invoice && { ...row.invoice, dueDate: row.invoice.dueDate ? new Date(row.invoice.dueDate) : null },
  };
}
