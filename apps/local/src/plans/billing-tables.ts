import { documentOf, idOf, mostly, SEGMENT, timeOf, times, WORDS } from './expressions.js';

export interface Size {
  invoices: number;
  customers: number;
}

/** What a table gets: an expression for each column but the platform. */
export interface FilledTable {
  table: string;
  rows: number;
  columns: Record<string, string>;
}

/** What is billed to whom. */
export function billingTables({ invoices, customers }: Size): FilledTable[] {
  const half = Math.ceil(customers / 2);
  const status = mostly('ACTIVE', { ARCHIVED: 53, DRAFT: 2003 });
  return [
    {
      table: 'customer',
      rows: customers,
      columns: {
        id: idOf('cust', 'n'),
        reference: `'customer-' || n`,
        status,
        email: `lower(${WORDS}) || n || '@customers.example'`,
        document: documentOf(
          `'reference', 'customer-' || n, 'type', ${mostly('ORGANIZATION', { INDIVIDUAL: 31 })}, 'email', lower(${WORDS}) || n || '@customers.example', 'organization', jsonb_build_object('legal_name', ${WORDS} || ' Coffee ' || n || ' Ltd'), ${SEGMENT}`,
        ),
        ...times(customers),
      },
    },
    {
      table: 'contact',
      rows: customers,
      columns: {
        id: idOf('cont', 'n'),
        reference: `'contact-' || n`,
        customer_id: idOf('cust', 'c'),
        email: `'person' || n || '@customers.example'`,
        document: documentOf(
          `'reference', 'contact-' || n, 'customer_id', ${idOf('cust', 'c')}, 'email', 'person' || n || '@customers.example', ${SEGMENT}`,
        ),
        ...times(customers),
      },
    },
    {
      table: 'payment_acceptor',
      rows: half,
      columns: {
        id: idOf('paya', 'n'),
        reference: `'acceptor-' || n`,
        customer_id: idOf('cust', 'c'),
        billing_entity_id: `'bile_' || (n % 20)`,
        type: mostly('PAYMENT_GATEWAY', { BANK_ACCOUNT: 401, CUSTOM_REDIRECT: 4001 }),
        status,
        document: documentOf(`'reference', 'acceptor-' || n, 'type', 'PAYMENT_GATEWAY', 'status', 'ACTIVE'`),
        ...times(half),
      },
    },
    {
      table: 'pricing_plan_subscription',
      rows: customers,
      columns: {
        id: idOf('ppsu', 'n'),
        reference: `'subscription-' || n`,
        customer_id: idOf('cust', 'c'),
        type: mostly('BILLING', { QUOTE: 301, TEMPLATE: 3001 }),
        variant: mostly('DEFAULT', { SELLER: 1501, SELF_BILLING: 307 }),
        status,
        start_at: timeOf(customers),
        plan_name: `'Plan ' || ${WORDS} || ' ' || n % 900`,
        document: documentOf(
          `'reference', 'subscription-' || n, 'name', ${WORDS} || ' subscription ' || n, 'billing_currency', (ARRAY['EUR','USD','GBP'])[1 + n % 3], 'billing_period', jsonb_build_object('type', (ARRAY['MONTH','YEAR'])[1 + n % 2], 'value', 1), 'pricing_plan_subscription_group_id', CASE WHEN n % 100 = 0 THEN 'group_' || n % 500 END, ${SEGMENT}`,
        ),
        ...times(customers),
      },
    },
    {
      table: 'pricing_plan_schedule',
      rows: customers * 2,
      columns: {
        id: idOf('ppsc', 'n'),
        subscription_id: idOf('ppsu', 'c'),
        type: mostly('DEFAULT', { TRIAL: 401 }),
        start_at: timeOf(customers * 2),
        document: `'{}'::jsonb`,
        ...times(customers * 2),
      },
    },
    {
      table: 'wallet',
      rows: half,
      columns: {
        id: idOf('wall', 'n'),
        reference: `'wallet-' || n`,
        status,
        wallet_type_id: `'walt_' || (n % 10)`,
        customer_id: idOf('cust', 'c'),
        document: documentOf(
          `'reference', 'wallet-' || n, 'customer_id', ${idOf('cust', 'c')}, 'wallet_type_id', 'walt_' || (n % 10)`,
        ),
        ...times(half),
      },
    },
    {
      table: 'wallet_grant',
      rows: customers,
      columns: {
        id: idOf('wagr', 'n'),
        wallet_id: idOf('wall', `1 + (c - 1) % ${half}`),
        customer_id: idOf('cust', 'c'),
        document: documentOf(`'amount', jsonb_build_object('quantity', '100', 'currency', 'EUR')`),
        ...times(customers),
      },
    },
    {
      table: 'invoice',
      rows: invoices,
      columns: {
        id: idOf('invo', 'n'),
        invoice_number: `'2026-' || lpad(n::text, 8, '0')`,
        customer_id: idOf('cust', 'c'),
        billing_entity_id: `CASE WHEN n % 5003 = 0 THEN 'bile_2' ELSE 'bile_1' END`,
        status: mostly('FINAL', { DRAFT: 41, VOID: 211, OPEN: 9001 }),
        type: mostly('STANDARD', { CREDIT: 61, ONE_OFF: 3001, ONE_OFF_CREDIT: 20011 }),
        payment_status: mostly('PAID', { UNPAID: 19, PARTIALLY_PAID: 3001, OVERPAID: 20011 }),
        on_hold: 'n % 7001 = 0',
        invoice_date: timeOf(invoices),
        due_date: `${timeOf(invoices)} + interval '30 days'`,
        currency: `'EUR'`,
        total_amount: `round((n::bigint * 7919 % 1000003)::numeric / 100, 2)`,
        open_amount: `CASE WHEN n % 19 = 7 THEN round((n::bigint * 7919 % 1000003)::numeric / 100, 2) ELSE 0 END`,
        document: documentOf(
          `'type', 'STANDARD', 'status', 'FINAL', 'invoice_number', '2026-' || lpad(n::text, 8, '0'), 'customer_id', ${idOf('cust', 'c')}, 'paid', n % 19 <> 7, 'pricing_plan_subscription_ids', CASE WHEN n % 2 = 0 THEN jsonb_build_array(${idOf('ppsu', 'c')}) END, 'invoice_amount_including_tax', jsonb_build_object('quantity', (round((n::bigint * 7919 % 1000003)::numeric / 100, 2))::text, 'currency', 'EUR'), ${SEGMENT}`,
        ),
        ...times(invoices),
      },
    },
    {
      table: 'payment',
      rows: invoices,
      columns: {
        id: idOf('paym', 'n'),
        reference: `'payment-' || n`,
        external_reference: `'psp-' || md5(n::text)`,
        customer_id: idOf('cust', 'c'),
        invoice_id: idOf('invo', 'n'),
        result: mostly('AUTHORIZED', { REFUSED: 37, PENDING: 2003, CHARGED_BACK: 20011 }),
        currency: `'EUR'`,
        amount: `round((n::bigint * 7919 % 1000003)::numeric / 100, 2)`,
        document: documentOf(`'invoice_id', ${idOf('invo', 'n')}, 'result', 'AUTHORIZED'`),
        ...times(invoices),
      },
    },
    {
      table: 'portal_url',
      rows: invoices,
      columns: {
        id: idOf('purl', 'n'),
        type: mostly('INVOICE', { CUSTOMER: 301 }),
        status: mostly('PUBLISHED', { REVOKED: 701 }),
        customer_id: idOf('cust', 'c'),
        invoice_id: idOf('invo', 'n'),
        expires_at: `CASE WHEN n % 50 = 0 THEN ${timeOf(invoices)} + interval '90 days' END`,
        document: `CASE WHEN n % 100 = 0 THEN jsonb_build_object('init_pricing_plan_subscription', jsonb_build_object('pricing_plan_subscription_id', ${idOf('ppsu', 'c')})) ELSE '{}' END`,
        ...times(invoices),
      },
    },
  ];
}
