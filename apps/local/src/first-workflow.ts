/** Five calls that a newcomer can paste: the last one sends a mail with its PDF to the inbox. */
export function firstWorkflow(url: string, apiKey: string): string {
  const call = (variable: string | null, method: string, path: string, body: object) => {
    const json = JSON.stringify(body)
      .replaceAll('"$INTEGRATION"', `"'$INTEGRATION'"`)
      .replaceAll('"$WORKFLOW"', `"'$WORKFLOW'"`);
    const request = `curl -s -X ${method} ${url}/v1${path} -H 'X-API-KEY: ${apiKey}' -H 'Content-Type: application/json' -d '${json}'`;
    return variable ? `${variable}=$(${request} | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')` : request;
  };
  return [
    call('INTEGRATION', 'POST', '/integrations', {
      reference: 'system-mail',
      name: 'System mail',
      type: 'EMAIL_PROVIDER',
      status: 'ACTIVE',
      email_provider: { variant: 'SYSTEM' },
    }),
    call('WORKFLOW', 'POST', '/workflows', {
      reference: 'invoice-is-final',
      name: 'Invoice is final',
      type: 'INVOICE',
      status: 'ACTIVE',
      invoice: { variant: 'TO_FINAL' },
    }),
    call(null, 'POST', '/workflow-actions', {
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
    }),
    call(null, 'PUT', '/invoices', {
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
    }),
    `curl -s '${url}/v1/workflow-action-executions?limit=1' -H 'X-API-KEY: ${apiKey}'`,
  ]
    .map((line) => `\n${line}`)
    .join('\n');
}
