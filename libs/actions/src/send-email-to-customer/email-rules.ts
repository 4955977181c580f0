import { DomainError } from '#kernel/errors';
import { checkSubject, checkTemplateName } from '#templates/render-mail';
import { type OwningWorkflow } from '../action-type.js';
import { type EmailConfig } from './email-config.js';

/** The block of options of each variant. A workflow of another type has no email yet. */
export const OPTIONS = {
  INVOICE: 'invoice',
  PAYMENT: 'payment',
  PRICING_PLAN_SUBSCRIPTION: 'pricing_plan_subscription',
  WALLET: 'wallet',
} as const;
type Variant = keyof typeof OPTIONS;

const at = (field: string) => `send_email_to_customer.${field}`;

/** Variant and invoice type follow the workflow when absent, every option is false when absent (e.22). */
export function withEmailDefaults(config: EmailConfig, workflow: OwningWorkflow): EmailConfig {
  const variant = config.variant ?? workflow.type;
  if (!isVariant(variant)) return config;
  if (variant !== 'INVOICE') {
    const options = { include_customer_contacts_as_cc: false, ...config[OPTIONS[variant]] };
    return { ...config, variant, [OPTIONS[variant]]: options };
  }
  const type = config.invoice?.type ?? (workflow.variant as NonNullable<EmailConfig['invoice']>['type'] | null);
  const invoice = {
    include_pdf: false,
    include_payment_link: false,
    include_customer_contacts_as_cc: false,
    ...config.invoice,
    ...(type ? { type } : {}),
  };
  return { ...config, variant, invoice };
}

/**
 * The mail fits its workflow (e.22), its template exists and its subject can be printed, and, when `complete`, it can be sent:
 * integration, template and sender are stated (e.23).
 * @throws DomainError
 */
export function checkEmail(config: EmailConfig, workflow: OwningWorkflow, complete: boolean): void {
  checkVariant(config, workflow);
  checkInvoiceOptions(config, workflow);
  checkContent(config);
  if (complete) checkComplete(config);
}

/** What would only fail when the first mail is made is refused when it is written. */
function checkContent({ subject, template_name: template }: EmailConfig): void {
  if (subject != null) checkSubject(subject, at('subject'));
  if (template) checkTemplateName(template, at('template_name'));
}

function checkVariant(config: EmailConfig, workflow: OwningWorkflow): void {
  if (!isVariant(workflow.type)) {
    throw DomainError.invalidOperation(`A workflow of type ${workflow.type} cannot send a mail to the customer yet.`, {
      field: 'workflow_id',
    });
  }
  if (config.variant !== undefined && config.variant !== workflow.type) {
    throw DomainError.invalidField(
      at('variant'),
      `${at('variant')} must be ${workflow.type}, the type of the workflow.`,
    );
  }
  for (const [variant, block] of Object.entries(OPTIONS)) {
    if (variant === workflow.type || config[block] === undefined) continue;
    throw DomainError.invalidField(
      at(block),
      `${at(block)} does not belong to a mail of a workflow of type ${workflow.type}.`,
    );
  }
}

function checkInvoiceOptions({ invoice }: EmailConfig, workflow: OwningWorkflow): void {
  if (!invoice) return;
  if (invoice.type !== undefined && workflow.variant !== null && invoice.type !== workflow.variant) {
    throw DomainError.invalidField(
      at('invoice.type'),
      `${at('invoice.type')} must be ${workflow.variant}, the variant of the workflow.`,
    );
  }
  if ((workflow.variant ?? invoice.type) !== 'UPCOMING_PAYMENT_REMINDER') return;
  for (const option of ['include_pdf', 'include_payment_link'] as const) {
    if (invoice[option] !== true) continue;
    throw DomainError.invalidField(
      at(`invoice.${option}`),
      `${at(`invoice.${option}`)} is for TO_FINAL and OVERDUE: before the charge date there is nothing final to show or pay.`,
    );
  }
}

function checkComplete(config: EmailConfig): void {
  const mandatory = {
    integration_id: config.integration_id,
    'from.email': config.from?.email,
    template_name: config.template_name,
  };
  for (const [name, value] of Object.entries(mandatory)) {
    if (value !== undefined && value !== '') continue;
    throw DomainError.missingField(at(name), `${at(name)} is required, unless the status is DRAFT.`);
  }
}

function isVariant(type: string): type is Variant {
  return type in OPTIONS;
}
