import { sql, type Statement } from '#database/statement';

/** Puts the invoice's derived portal URL on record, once. Its row can be revoked; the link then stops working. */
export function publishPayLink(link: {
  platformId: string;
  portalUrlId: string;
  invoiceId: string;
  customerId: string | null;
}): Statement {
  return sql`
    INSERT INTO portal_url (platform_id, id, type, customer_id, invoice_id)
    VALUES (${link.platformId}, ${link.portalUrlId}, 'PAY_INVOICE', ${link.customerId}, ${link.invoiceId})
    ON CONFLICT DO NOTHING`;
}
