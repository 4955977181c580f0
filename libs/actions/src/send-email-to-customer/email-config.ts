import { z } from 'zod';
import { addressProblem } from '#email/message/address';

/** Most addresses in each of cc_recipients and bcc_recipients. */
const MOST_RECIPIENTS = 50;

const address = z.string().superRefine((email, context) => {
  const problem = addressProblem(email);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

const headerText = z
  .string()
  .regex(/^[^\r\n]*$/, { error: 'It must be a single line: a line break would end the header of the mail.' });

const mailbox = z.object({
  name: headerText.nullish().meta({ description: 'Shown in front of the address.' }),
  email: address.optional(),
});

const recipients = z.array(address).max(MOST_RECIPIENTS, { error: `At most ${MOST_RECIPIENTS} addresses.` });

const contactsAsCc = z.boolean().optional().meta({ description: "Copies the mail to the customer's contacts." });

/** The block `send_email_to_customer`. Every part may be absent: what must be there depends on the status (`checkEmail`). */
export const emailConfig = z.object({
  integration_id: z
    .string()
    .optional()
    .meta({ description: 'The integration of type EMAIL_PROVIDER that delivers the mail.' }),
  subject: headerText
    .nullish()
    .meta({ description: "May use the template's placeholders; null: the template's own subject." }),
  from: mailbox.optional(),
  reply_to: mailbox.optional(),
  cc_recipients: recipients.nullish(),
  bcc_recipients: recipients.nullish(),
  template_name: z.string().optional().meta({ description: 'The template that the mail is rendered from.' }),
  variant: z
    .enum(['INVOICE', 'PAYMENT', 'PRICING_PLAN_SUBSCRIPTION', 'WALLET'])
    .optional()
    .meta({ description: "The workflow's type, and its default; picks the block of options below." }),
  invoice: z
    .object({
      type: z
        .enum(['TO_FINAL', 'OVERDUE', 'UPCOMING_PAYMENT_REMINDER'])
        .optional()
        .meta({ description: "The workflow's variant, and its default." }),
      include_pdf: z.boolean().optional().meta({ description: 'Attaches the invoice. For TO_FINAL and OVERDUE only.' }),
      include_payment_link: z.boolean().optional().meta({ description: 'For TO_FINAL and OVERDUE only.' }),
      include_customer_contacts_as_cc: contactsAsCc,
    })
    .optional(),
  payment: z.object({ include_customer_contacts_as_cc: contactsAsCc }).optional(),
  pricing_plan_subscription: z.object({ include_customer_contacts_as_cc: contactsAsCc }).optional(),
  wallet: z
    .object({ include_customer_contacts_as_cc: contactsAsCc })
    .optional()
    .meta({ description: 'Additive: the reference has no mail about wallets (e.24).' }),
});

export type EmailConfig = z.infer<typeof emailConfig>;
