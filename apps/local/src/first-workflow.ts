/** Requests whose repetition is to change nothing have an `Idempotency-Key`; a PUT needs none. */
interface Call {
  comment: string;
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: object;
  key?: string;
  /** The shell variable that keeps the id of the answer. */
  keep?: string;
}

const CALLS: readonly Call[] = [
  {
    comment: 'Where mail leaves. SYSTEM is the mail server of this installation, here the inbox.',
    method: 'POST',
    path: '/integrations',
    key: 'system-mail',
    keep: 'INTEGRATION',
    body: {
      reference: 'system-mail',
      name: 'System mail',
      type: 'EMAIL_PROVIDER',
      status: 'ACTIVE',
      email_provider: { variant: 'SYSTEM' },
    },
  },
  {
    comment: 'When: an invoice becomes FINAL.',
    method: 'POST',
    path: '/workflows',
    key: 'invoice-is-final',
    keep: 'WORKFLOW',
    body: {
      reference: 'invoice-is-final',
      name: 'Invoice is final',
      type: 'INVOICE',
      status: 'ACTIVE',
      invoice: { variant: 'TO_FINAL' },
    },
  },
  {
    comment: 'What: a mail with the PDF and a pay link.',
    method: 'POST',
    path: '/workflow-actions',
    key: 'mail-the-invoice',
    body: {
      workflow_id: '$WORKFLOW',
      type: 'SEND_EMAIL_TO_CUSTOMER',
      status: 'ACTIVE',
      send_email_to_customer: {
        integration_id: '$INTEGRATION',
        template_name: 'invoice-final',
        from: { name: 'Billing', email: 'billing@example.com' },
        variant: 'INVOICE',
        invoice: { type: 'TO_FINAL', include_pdf: true, include_payment_link: true },
      },
    },
  },
  {
    comment: 'An invoice that is FINAL.',
    method: 'PUT',
    path: '/invoices',
    body: {
      invoice_number: '2026-0001',
      type: 'STANDARD',
      status: 'FINAL',
      invoice_date: '2026-11-24T00:00:00Z',
      due_date: '2026-12-24T00:00:00Z',
      billing_currency: 'EUR',
      customer: {
        reference: 'first-customer',
        type: 'ORGANIZATION',
        email: 'ap@customer.example',
        organization: { legal_name: 'First Customer Ltd' },
      },
      billing_entity: { reference: 'us', legal_name: 'Our Company B.V.' },
      invoice_amount_including_tax: { quantity: '121.00', currency: 'EUR' },
      periods: [
        {
          groups: [
            { lines: [{ description: 'Subscription', amount_excluding_tax: { quantity: '100.00', currency: 'EUR' } }] },
          ],
        },
      ],
      payment_actions: [
        { type: 'BANK_ACCOUNT', bank_account: { legal_name: 'Our Company B.V.', iban: 'NL91ABNA0417164300' } },
      ],
    },
  },
  { comment: 'What became of it.', method: 'GET', path: '/workflow-action-executions?limit=1' },
];

/**
 * Five calls for bash that a newcomer can paste, twice if he likes: the fourth mails an invoice with its PDF to the inbox.
 * @param url and @param apiKey may be shell variables.
 */
export function firstWorkflow(url: string, apiKey: string): string {
  return CALLS.map((call, n) => `# ${n + 1}. ${call.comment}\n${inBash(call, url, apiKey)}`).join('\n\n');
}

function inBash({ method, path, body, key, keep }: Call, url: string, apiKey: string): string {
  const verb = method === 'GET' ? '' : `-X ${method} `;
  const headers = [`-H "X-API-KEY: ${apiKey}"`, ...(key ? [`-H 'Idempotency-Key: ${key}'`] : [])];
  const content = body ? ` -H 'Content-Type: application/json' \\\n  -d '${json(body)}'` : '';
  const request = `curl -s ${verb}"${url}/v1${path}" ${headers.join(' ')}${content}`;
  return keep ? `${keep}=$(${request} \\\n  | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')` : request;
}

/** With shell variables outside of the single quotes. */
function json(body: object): string {
  return JSON.stringify(body).replaceAll(/"(\$[A-Z]+)"/g, `"'$1'"`);
}
