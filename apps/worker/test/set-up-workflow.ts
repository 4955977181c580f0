import { type RunningApi } from '../../api/test/start-api.js';

const TEMPLATES: Record<string, string> = {
  TO_FINAL: 'invoice-final',
  OVERDUE: 'invoice-overdue',
  UPCOMING_PAYMENT_REMINDER: 'invoice-upcoming-payment',
  FAILED_PAYMENT: 'payment-failed',
  FREE_TRIAL_REMINDER: 'free-trial-reminder',
  WALLET_BALANCE: 'wallet-balance',
};

const TYPES: Record<string, string> = {
  FAILED_PAYMENT: 'PAYMENT',
  FREE_TRIAL_REMINDER: 'PRICING_PLAN_SUBSCRIPTION',
  WALLET_BALANCE: 'WALLET',
};

/** An ACTIVE workflow of the variant with one ACTIVE action, and the SYSTEM integration. @returns the workflow's id. */
export async function makeWorkflow(
  api: RunningApi,
  integrationId: string,
  variant: string,
  config: object,
  action: object,
) {
  const type = TYPES[variant] ?? 'INVOICE';
  const block = type.toLowerCase();
  const workflow = await api.call('POST', '/v1/workflows', {
    reference: `${variant.toLowerCase()}-${Math.random().toString(36).slice(2)}`,
    name: variant,
    type,
    status: 'ACTIVE',
    [block]: { variant, ...config },
  });
  if (workflow.status !== 201) throw new Error(JSON.stringify(workflow.body));
  const made = await api.call('POST', '/v1/workflow-actions', {
    workflow_id: workflow.body.id,
    type: 'SEND_EMAIL_TO_CUSTOMER',
    status: 'ACTIVE',
    send_email_to_customer: {
      integration_id: integrationId,
      template_name: TEMPLATES[variant],
      from: { name: 'Billing', email: 'billing@seller.example' },
      variant: type,
      ...(type === 'INVOICE' ? { invoice: { type: variant } } : {}),
      ...action,
    },
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return workflow.body.id as string;
}

/** The SYSTEM integration and one workflow over it. @param action what its action says beyond the usual. */
export async function setUpWorkflow(api: RunningApi, variant: string, action: object = {}): Promise<string> {
  return makeWorkflow(api, await systemIntegration(api), variant, {}, action);
}

/** An ACTIVE integration of the variant SYSTEM. @returns its id. */
export async function systemIntegration(api: RunningApi): Promise<string> {
  const { status, body } = await api.call('POST', '/v1/integrations', {
    reference: 'system',
    name: 'System',
    type: 'EMAIL_PROVIDER',
    status: 'ACTIVE',
    email_provider: { variant: 'SYSTEM' },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id as string;
}
