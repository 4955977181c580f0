import { type InvoiceDocument } from '#billing/invoices/invoice-document';
import {
  type CustomerDocument,
  type CustomerFact,
  type InvoiceFact,
  type IntegrationFact,
  type MailFacts,
} from '#billing/mail-facts';
import { PayLinks } from '#billing/payment-links/pay-link';
import { InvoicePrinter } from '#documents/invoice-printer';
import { type Formatter } from '#kernel/format';
import { MailRenderer } from '#templates/render-mail';
import { findVariant } from '#workflows/variants/index';
import { composeMime } from '#email/compose-mime';
import { toEmailMessage } from '../prepared-mail.js';
import { type EmailConfig } from './email-config.js';
import { SendEmailToCustomer, type SendEmailJob, type SendEmailPreparation } from './handler.js';

const NOW = new Date('2026-06-10T12:00:00.987Z');
const eur = (quantity: string) => ({ quantity, currency: 'EUR' });
const optOut = (enabled: boolean) => [{ type: 'INVOICE', channels: [{ type: 'EMAIL', enabled }] }];
const bank = { id: 'paya_1', type: 'BANK_ACCOUNT', bank_account: { iban: 'NL91ABNA0417164300' } };

const payLinks = new PayLinks('a-secret-of-more-than-32-characters', 'https://pay.example');
const printer = new InvoicePrinter({ threads: 0 });
const action = new SendEmailToCustomer(new MailRenderer(), printer, payLinks);
afterAll(() => printer.close());

function customer(overrides: Partial<CustomerFact> = {}, document: CustomerDocument = {}): CustomerFact {
  const facts = { id: 'cust_1', status: 'ACTIVE', email: 'ap@customer.example', timezone: null, locale: 'en-GB' };
  const organization = { legal_name: 'Customer Ltd' };
  return { ...facts, revision: '1', document: { type: 'ORGANIZATION', organization, ...document }, ...overrides };
}

function invoice(overrides: Partial<InvoiceFact> = {}, stated: InvoiceDocument = {}): InvoiceFact {
  const document: InvoiceDocument = {
    invoice_number: '2026/0042',
    type: 'STANDARD',
    status: 'FINAL',
    invoice_date: '2026-05-18T00:00:00Z',
    due_date: '2026-06-01T00:00:00Z',
    billing_currency: 'EUR',
    invoice_amount_including_tax: eur('121.00'),
    open_invoice_amount: eur('121.00'),
    paid_invoice_amount: eur('0.00'),
    billing_entity: { legal_name: 'Seller B.V.' },
    customer: { organization: { legal_name: 'Customer Ltd' } },
    periods: [{ groups: [{ lines: [{ description: 'Subscription', amount_including_tax: eur('121.00') }] }] } as never],
    ...stated,
  };
  const facts = {
    id: 'invo_1',
    status: 'FINAL',
    type: 'STANDARD',
    openAmount: '121.00',
    dueDate: new Date('2026-06-01T00:00:00Z'),
  };
  return { ...facts, document, documentRevision: 1, printed: false, revision: '1', ...overrides };
}

function facts(overrides: Partial<MailFacts> = {}): MailFacts {
  return {
    platform: { id: 'plat_1', name: 'Platform', timezone: 'UTC', locale: null },
    customer: customer(),
    contacts: [],
    invoice: invoice(),
    wallet: null,
    subscription: null,
    payment: null,
    billingEntity: null,
    paymentAcceptors: [bank],
    integration: null,
    ...overrides,
  };
}

const smtp: IntegrationFact = {
  id: 'inte_1',
  type: 'EMAIL_PROVIDER',
  variant: 'SMTP',
  status: 'ACTIVE',
  secrets: null,
  document: {},
  revision: '1',
};

const ofInvoice: EmailConfig = {
  variant: 'INVOICE',
  template_name: 'invoice-overdue',
  from: { name: 'Billing', email: 'billing@seller.example' },
  invoice: { type: 'OVERDUE' },
};
const ofPayment: EmailConfig = {
  ...ofInvoice,
  variant: 'PAYMENT',
  template_name: 'payment-failed',
  invoice: undefined,
  payment: {},
};

function prepare(
  overrides: Partial<Omit<SendEmailJob, 'config'>> & { config?: EmailConfig } = {},
): Promise<SendEmailPreparation> {
  const job = {
    executionId: 'wkfe_1',
    preparation: 1,
    platformId: 'plat_1',
    variant: 'OVERDUE',
    facts: facts(),
    now: NOW,
    storedPdf: null,
    config: ofInvoice,
    ...overrides,
  };
  const type = job.config.variant ?? 'INVOICE';
  const rule = findVariant(type, type === 'PAYMENT' ? 'FAILED_PAYMENT' : job.variant)!;
  return action.prepare({ ...job, variables: (format: Formatter) => rule.variables(job.facts, format, job.now, null) });
}

type Mail = Exclude<SendEmailPreparation, { skipped: unknown }>;

async function mail(overrides: Parameters<typeof prepare>[0] = {}): Promise<Mail> {
  const made = await prepare(overrides);
  if ('skipped' in made) throw new Error(`It was skipped: ${made.skipped.reason}`);
  return made;
}

const emails = (list: { email: string }[]) => list.map(({ email }) => email);

describe('who gets the mail', () => {
  it('is nobody when the customer has switched invoice mail off', async () => {
    const off = facts({ customer: customer({}, { notification_preferences: optOut(false) }) });
    expect(await prepare({ facts: off })).toMatchObject({ skipped: { reason: 'RECIPIENT_OPTED_OUT' } });
  });

  it.each([
    ['on', optOut(true)],
    ['null', null],
    ['off for another channel', [{ type: 'INVOICE', channels: [{ type: 'SMS', enabled: false }] }]],
    ['off for another kind of mail', [{ type: 'QUOTE', channels: [{ type: 'EMAIL', enabled: false }] }]],
  ])('is the customer whose preference is %s', async (_what, notification_preferences) => {
    const { message } = await mail({ facts: facts({ customer: customer({}, { notification_preferences }) }) });
    expect(message.recipients.to).toEqual([{ email: 'ap@customer.example', name: 'Customer Ltd' }]);
  });

  it('is the customer for a mail about a payment, whatever he said about invoices', async () => {
    const off = facts({ customer: customer({}, { notification_preferences: optOut(false) }), invoice: null });
    expect((await mail({ config: ofPayment, facts: off })).message.recipients.to).toHaveLength(1);
  });

  it('includes contacts when the action says so, without those who switched it off', async () => {
    const contacts = [
      { email: 'ada@customer.example' },
      { email: 'off@customer.example', notification_preferences: optOut(false) },
      { email: null },
    ];
    const config: EmailConfig = {
      ...ofInvoice,
      cc_recipients: ['cc@seller.example'],
      bcc_recipients: ['bcc@seller.example'],
    };
    const without = await mail({ config, facts: facts({ contacts }) });
    expect(emails(without.message.recipients.cc)).toEqual(['cc@seller.example']);
    const invited = { ...config, invoice: { ...config.invoice, include_customer_contacts_as_cc: true } };
    const { message } = await mail({ config: invited, facts: facts({ contacts }) });
    expect(emails(message.recipients.cc)).toEqual(['cc@seller.example', 'ada@customer.example']);
    expect(emails(message.recipients.bcc)).toEqual(['bcc@seller.example']);
  });

  it.each([
    [null, 'RECIPIENT_MISSING'],
    ['not an address', 'RECIPIENT_INVALID'],
  ])('fails for the address %s', async (email, code) => {
    await expect(prepare({ facts: facts({ customer: customer({ email }) }) })).rejects.toMatchObject({
      name: 'PermanentFailure',
      code,
    });
  });
});

describe('the payment link', () => {
  const linked: EmailConfig = { ...ofInvoice, invoice: { ...ofInvoice.invoice, include_payment_link: true } };

  it('is not made when nobody asked for one', async () => {
    expect(await mail()).toMatchObject({ paymentLink: null, portalUrlId: null });
  });

  it('is in the mail and leads to its portal URL', async () => {
    const made = await mail({ config: linked });
    expect(made.paymentLink).toBe(payLinks.url('plat_1', 'invo_1'));
    expect(made.portalUrlId).toBe(payLinks.portalUrlId('plat_1', 'invo_1'));
    expect(made.text).toContain(made.paymentLink);
    expect(made.html).toContain(made.paymentLink);
  });

  it.each([
    ['a paid invoice', invoice({ openAmount: '0' }, { open_invoice_amount: eur('0.00') })],
    ['an overpaid one', invoice({ openAmount: '-1' }, { open_invoice_amount: eur('-1.00') })],
    ['a credit note', invoice({ type: 'CREDIT' }, { type: 'CREDIT' })],
  ])('says NOTHING_TO_PAY for %s, and the mail goes without it', async (_what, about) => {
    const made = await mail({ config: linked, facts: facts({ invoice: about }) });
    expect(made).toMatchObject({ paymentLink: 'NOTHING_TO_PAY', portalUrlId: null });
    expect(made.html + made.text).not.toContain('https://pay.example');
    expect(made.html + made.text).not.toContain('NOTHING_TO_PAY');
  });

  it('fails visibly when there is something to pay and no way to pay it', async () => {
    const failing = prepare({ config: linked, facts: facts({ paymentAcceptors: [] }) });
    await expect(failing).rejects.toMatchObject({ name: 'PermanentFailure', code: 'PAYMENT_LINK_UNAVAILABLE' });
  });
});

describe('the document', () => {
  const withPdf: EmailConfig = { ...ofInvoice, invoice: { ...ofInvoice.invoice, include_pdf: true } };

  it('is attached under the number of the invoice, with its hash and size', async () => {
    const made = await mail({ config: withPdf });
    expect(Buffer.from(made.pdf!.bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(made.message.attachments).toEqual([
      {
        filename: 'invoice-2026-0042.pdf',
        contentType: 'application/pdf',
        sha256: made.pdf!.sha256,
        size: made.pdf!.bytes.length,
      },
    ]);
    // The PDF carries the link.
    expect(made.portalUrlId).not.toBeNull();
  });

  it('is the stored one when it was printed before', async () => {
    const storedPdf = new TextEncoder().encode('%PDF- as it was');
    const made = await mail({ config: withPdf, storedPdf });
    expect(made.pdf).toMatchObject({ bytes: storedPdf, pages: null });
    expect(made.message.attachments[0]!.size).toBe(storedPdf.length);
  });

  it('is the same in every preparation', async () => {
    const [one, two] = [await mail({ config: withPdf }), await mail({ config: withPdf, preparation: 2 })];
    expect(two.pdf!.sha256).toBe(one.pdf!.sha256);
  });

  it('cannot be attached without an invoice', async () => {
    await expect(prepare({ config: withPdf, facts: facts({ invoice: null }) })).rejects.toMatchObject({
      code: 'INVOICE_MISSING',
    });
  });
});

describe('the message', () => {
  it('has id, date and boundaries of its execution and preparation', async () => {
    const { message } = await mail({ preparation: 3 });
    expect(message).toMatchObject({
      messageId: '<wkfe_1.3@seller.example>',
      date: '2026-06-10T12:00:00.000Z',
      boundarySeed: 'wkfe_1.3',
      from: { name: 'Billing', email: 'billing@seller.example' },
      replyTo: null,
      headers: { 'X-Execution-Id': 'wkfe_1' },
    });
  });

  it('is composed to the same bytes by a replay', async () => {
    const made = await mail({ config: { ...ofInvoice, reply_to: { email: 'reply@seller.example' } } });
    const stored = JSON.parse(JSON.stringify(made.message)) as typeof made.message;
    const compose = (message: typeof stored) => composeMime(toEmailMessage(message, made.html, made.text, null));
    expect(Buffer.compare(await compose(stored), await compose(made.message))).toBe(0);
  });

  it('is in the base language of its template when the integration wants no other (use_localized_templates)', async () => {
    const dutch = customer({ locale: 'nl-NL' });
    const through = (email_provider: object) => ({ ...smtp, document: { email_provider } });
    const made = (email_provider: object) =>
      mail({ facts: facts({ customer: dutch, integration: through(email_provider) }) });
    expect((await made({ use_localized_templates: false })).template).toBe('invoice-overdue');
    expect((await made({ use_localized_templates: true })).template).toBe('invoice-overdue.nl');
    expect((await made({})).template).toBe('invoice-overdue.nl');
  });

  it('is in the language and region of the customer, else of the platform', async () => {
    const dutch = facts({ customer: customer({ locale: 'nl-NL' }) });
    expect(await mail({ facts: dutch })).toMatchObject({
      template: 'invoice-overdue.nl',
      message: { locale: 'nl-NL' },
    });
    const platform = { id: 'plat_1', name: 'Platform', timezone: 'UTC', locale: 'de-DE' };
    const german = facts({ customer: customer({ locale: null }), platform });
    expect(await mail({ facts: german })).toMatchObject({ template: 'invoice-overdue.de' });
  });

  it("has the action's own subject when it has one", async () => {
    const { message } = await mail({ config: { ...ofInvoice, subject: 'Reminder {{invoice_number}}' } });
    expect(message.subject).toBe('Reminder 2026/0042');
  });

  it('fails without a sender', async () => {
    await expect(prepare({ config: { ...ofInvoice, from: undefined } })).rejects.toMatchObject({
      name: 'PermanentFailure',
    });
  });
});
