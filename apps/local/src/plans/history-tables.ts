import { type FilledTable, type Size } from './billing-tables.js';
import { documentOf, idOf, mostly, timeOf } from './expressions.js';

/** What came of it: a mail for each invoice, and what was told of it. */
export function historyTables({ invoices, customers }: Size): FilledTable[] {
  const half = Math.ceil(customers / 2);
  return [
    {
      table: 'workflow_trigger',
      rows: invoices,
      columns: {
        id: idOf('wkft', 'n'),
        workflow_id: `'wkfl_' || (n % 20)`,
        customer_id: idOf('cust', 'c'),
        type: mostly('EVENT', { MANUAL: 2003 }),
        firing_key: `'firing-' || n`,
        resource_type: mostly('INVOICE', { PAYMENT: 50, PRICING_PLAN_SUBSCRIPTION: 100, WALLET: 500 }),
        resource_id: `CASE WHEN n % 50 = 7 THEN ${idOf('paym', 'n')} WHEN n % 100 = 7 THEN ${idOf('ppsu', 'c')} WHEN n % 500 = 7 THEN ${idOf('wall', 'n')} ELSE ${idOf('invo', 'n')} END`,
        variant: mostly('TO_FINAL', { OVERDUE: 3, FAILED_PAYMENT: 50, TRIAL_ENDING: 2003 }),
        payload: `CASE WHEN n % 100 = 7 THEN jsonb_build_object('pricing_plan_subscription_id', ${idOf('ppsu', 'c')}, 'pricing_plan_schedule_id', ${idOf('ppsc', 'c')}) ELSE jsonb_build_object('invoice_id', ${idOf('invo', 'n')}) END`,
        created_at: timeOf(invoices),
      },
    },
    {
      table: 'workflow_action_execution',
      rows: invoices,
      columns: {
        id: idOf('wkfe', 'n'),
        trigger_id: idOf('wkft', 'n'),
        workflow_id: `'wkfl_' || (n % 20)`,
        action_id: `'wkfa_' || (n % 20)`,
        action_version: '1',
        action_type: `'SEND_EMAIL_TO_CUSTOMER'`,
        customer_id: idOf('cust', 'c'),
        invoice_id: `CASE WHEN n % 50 <> 7 THEN ${idOf('invo', 'n')} END`,
        payment_id: `CASE WHEN n % 50 = 7 THEN ${idOf('paym', 'n')} END`,
        subscription_id: `CASE WHEN n % 100 = 7 THEN ${idOf('ppsu', 'c')} END`,
        schedule_id: `CASE WHEN n % 100 = 7 THEN ${idOf('ppsc', 'c')} END`,
        wallet_id: `CASE WHEN n % 500 = 7 THEN ${idOf('wall', `1 + (c - 1) % ${half}`)} END`,
        state: mostly('SUCCEEDED', { SKIPPED: 23, FAILED: 701, UNKNOWN: 30011, PENDING: 5003, CANCELLED: 2003 }),
        reason: `CASE WHEN n % 23 = 7 THEN 'INVOICE_PAID' ${['701', '30011', '2003'].map((oneIn) => `WHEN n % ${oneIn} = 7 THEN 'RECIPIENT_MISSING'`).join(' ')} END`,
        reason_message: `CASE WHEN n % 23 = 7 THEN 'The invoice ' || n || ' is paid.' WHEN n % 701 = 7 THEN 'Customer ' || c || ' has no address.' END`,
        subject: `'Invoice 2026-' || lpad(n::text, 8, '0') || ' of Noorderlicht Software'`,
        due_at: timeOf(invoices),
        next_attempt_at: timeOf(invoices),
        not_after: `${timeOf(invoices)} + interval '7 days'`,
        recorded_at: timeOf(invoices),
        created_at: timeOf(invoices),
        finished_at: `CASE WHEN n % 5003 <> 7 THEN ${timeOf(invoices)} + interval '1 second' * (n % 50) END`,
      },
    },
    {
      table: 'audit_record',
      rows: invoices,
      columns: {
        id: idOf('audr', 'n'),
        actor_type: `'API_KEY'`,
        user_id: `CASE WHEN n % 3001 = 0 THEN 'apik_rare' ELSE 'apik_often' END`,
        target_entity_id: idOf('cust', 'c'),
        target_type: mostly('INVOICE', { CUSTOMER: 5, CONTACT: 30011 }),
        target_id: idOf('invo', 'n'),
        action: mostly('INVOICE.CREATED', { 'INVOICE.UPDATED': 3, 'INVOICE.DELETE': 30011 }),
        created_at: timeOf(invoices),
      },
    },
    {
      table: 'webhook_event',
      rows: invoices,
      columns: {
        id: idOf('whev', 'n'),
        webhook_id: `CASE WHEN n % 3001 = 0 THEN 'webh_rare' ELSE 'webh_often' END`,
        type: mostly('INVOICE.CREATED', { 'INVOICE.UPDATED': 3, 'INVOICE.PAID': 30011 }),
        resource_type: `'INVOICE'`,
        resource_id: idOf('invo', 'n'),
        payload: documentOf(`'type', 'INVOICE.CREATED', 'data', jsonb_build_object('id', ${idOf('invo', 'n')})`),
        status: mostly('SUCCEEDED', { FAILED: 701, PENDING: 30011 }),
        expires_at: `${timeOf(invoices)} + interval '7 days'`,
        created_at: timeOf(invoices),
      },
    },
  ];
}
