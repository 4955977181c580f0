import fc from 'fast-check';
import { type Formatter, formatter } from '#kernel/format';
import { PermanentFailure } from '#kernel/failures';
import { DomainError } from '#kernel/errors';
import { checkSubject, MailRenderer, type MailRenderRequest, type RenderedMail } from './render-mail.js';
import { sampleVariables } from './sample-variables.js';
import { ShippedTemplates } from './shipped-templates.js';
import { type TemplateValue, type TemplateVariables } from './template-variables.js';

const templates = new ShippedTemplates();
const renderer = new MailRenderer(templates);
const LANGUAGES = ['en', 'nl', 'de'];
const TEMPLATES = [
  'free-trial-reminder',
  'invoice-final',
  'invoice-overdue',
  'invoice-upcoming-payment',
  'payment-failed',
  'wallet-balance',
];

/** Facts as in sample.json: amounts as objects, dates as instants. */
type Facts = Record<string, unknown>;

function eur(quantity: string): Facts {
  return { quantity, currency: 'EUR' };
}

const CREDIT_NOTE: Facts = {
  is_credit_note: true,
  nothing_to_pay: true,
  payment_link: null,
  invoice_number: 'C-7',
  invoice_due_date: null,
  invoice_amount: eur('120.50'),
  invoice_open_amount: eur('0.00'),
};
const PAID: Facts = {
  nothing_to_pay: true,
  payment_link: null,
  invoice_open_amount: eur('0.00'),
  invoice_paid_amount: eur('6745.75'),
};
const NO_INVOICE: Facts = {
  has_invoice: false,
  // There is no invoice to pay; the payment itself may well be.
  nothing_to_pay: true,
  payment_link: null,
  bank_accounts: [],
  invoice_paid_amount: null,
  invoice_number: null,
  invoice_date: null,
  invoice_due_date: null,
  invoice_open_amount: null,
  invoice_amount: null,
};

function given(templateName: string, facts: Facts = {}) {
  return (format: Formatter) => sampleVariables({ ...(templates.sample(templateName) as Facts), ...facts }, format);
}

function mail(
  templateName: string,
  { facts = {}, ...request }: Partial<MailRenderRequest> & { facts?: Facts } = {},
): Promise<RenderedMail> {
  return renderer.render({
    templateName,
    locale: 'en-GB',
    platformLocale: null,
    zone: 'Europe/Amsterdam',
    subject: null,
    variables: given(templateName, facts),
    ...request,
  });
}

/** Which tags an HTML text opens and closes, in order, with the names of their attributes. */
function structure(html: string): string[] {
  return (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/="[^"]*"/g, '='));
}

/** What a reader sees of the HTML. */
function visible(html: string): string {
  return html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[ \n]+/g, ' ');
}

beforeAll(() => renderer.prepare(), 30_000);

describe('the shipped mails', () => {
  it('says what to pay, until when and where, in English', async () => {
    const { subject, text } = await mail('invoice-final');
    expect(subject).toBe('Invoice 2026-0042 from Noordzee Energie B.V.');
    expect(text).toBe(`Hello,

Thank you for your business. Please pay €6,745.75 by 3 March 2026. You will
find the invoice attached as a PDF.

Billed to:            Café De Kade B.V.
Invoice number:       2026-0042
Invoice date:         1 February 2026
Due date:             3 March 2026
Your purchase order:  PO-7731
Amount due:           €6,745.75

Pay invoice:
https://pay.noordzee.example/p/4kT9vQmW2xZr8LbN

Questions about this invoice? Write to us at facturen@noordzee.example.

Kind regards,
Noordzee Energie B.V.

--
Noordzee Energie B.V.
Havenstraat 12
3024 TL Rotterdam
Nederland
Registration no. 24391827 · Tax ID NL812345678B01
facturen@noordzee.example
`);
  });

  it('reminds in Dutch, with the bank details when there is no link', async () => {
    const { subject, text } = await mail('invoice-overdue', { locale: 'nl-NL', facts: { payment_link: null } });
    expect(subject).toBe('Betalingsherinnering: factuur 2026-0042 van Noordzee Energie B.V.');
    expect(text).toBe(`Geachte heer, mevrouw,

Misschien is het u ontschoten: de onderstaande factuur is op 3 maart 2026, 7
dagen geleden, vervallen. Volgens onze administratie staat nog €\u00a04.745,75
open. Wij verzoeken u vriendelijk dit bedrag te betalen. U vindt de factuur
als pdf in de bijlage.

Klant:           Café De Kade B.V.
Factuurnummer:   2026-0042
Factuurdatum:    1 februari 2026
Vervaldatum:     3 maart 2026
Uw inkooporder:  PO-7731
Factuurbedrag:   €\u00a06.745,75
Reeds betaald:   €\u00a02.000,00
Te betalen:      €\u00a04.745,75

Betalen per overschrijving:

Ten name van:      Noordzee Energie B.V.
IBAN:              NL91 ABNA 0417 1643 00
BIC:               ABNANL2A
Bank:              ABN AMRO
Betalingskenmerk:  2026-0042

Heeft u intussen betaald? Dan danken wij u hartelijk en kunt u deze e-mail als
niet verzonden beschouwen.

Heeft u vragen, of klopt er iets niet aan deze factuur? Mail ons gerust via
facturen@noordzee.example.

Met vriendelijke groet,
Noordzee Energie B.V.

--
Noordzee Energie B.V.
Havenstraat 12
3024 TL Rotterdam
Nederland
Registratienummer 24391827 · Btw-nummer NL812345678B01
facturen@noordzee.example
`);
  });

  it('helps with a failed payment in German', async () => {
    const facts = { payment_failure_reason: 'Limit überschritten', has_pdf: false };
    const { subject, text } = await mail('payment-failed', { locale: 'de-DE', facts });
    expect(subject).toBe('Ihre Zahlung zur Rechnung 2026-0042 an Noordzee Energie B.V. konnte nicht ausgeführt werden');
    expect(text).toBe(`Guten Tag Anna Schmidt,

leider konnte Ihre Zahlung über 49,90\u00a0€ zur Rechnung 2026-0042 nicht
ausgeführt werden. Als Grund wurde uns genannt: „Limit überschritten“.

Meist hilft ein erneuter Versuch, mit derselben oder einer anderen
Zahlungsart. Das dauert nur einen Augenblick.

Zahlung:             49,90\u00a0€
Datum des Versuchs:  4. Februar 2026
Zahlungsart:         Visa •••• 4242
Grund:               Limit überschritten
Rechnungsnummer:     2026-0042
Zahlbar bis:         3. März 2026
Offener Betrag:      49,90\u00a0€

Jetzt bezahlen:
https://pay.noordzee.example/p/4kT9vQmW2xZr8LbN

Können wir Ihnen helfen? Schreiben Sie uns gerne an facturen@noordzee.example.

Mit freundlichen Grüßen
Noordzee Energie B.V.

--
Noordzee Energie B.V.
Havenstraat 12
3024 TL Rotterdam
Nederland
Registernummer 24391827 · USt-IdNr. NL812345678B01
facturen@noordzee.example
`);
  });

  it.each([
    ['invoice-final', 'nl-NL', {}, 'Factuur 2026-0042 van Noordzee Energie B.V.'],
    ['invoice-final', 'de-DE', {}, 'Rechnung 2026-0042 von Noordzee Energie B.V.'],
    ['invoice-final', 'en-GB', CREDIT_NOTE, 'Credit note C-7 from Noordzee Energie B.V.'],
    ['invoice-final', 'nl-NL', CREDIT_NOTE, 'Creditnota C-7 van Noordzee Energie B.V.'],
    ['invoice-final', 'de-DE', CREDIT_NOTE, 'Gutschrift C-7 von Noordzee Energie B.V.'],
    ['invoice-final', 'en-GB', { invoice_number: null }, 'Invoice from Noordzee Energie B.V.'],
    ['invoice-overdue', 'en-GB', {}, 'Payment reminder: invoice 2026-0042 from Noordzee Energie B.V.'],
    ['invoice-overdue', 'en-GB', { days_overdue: 0 }, 'Due today: invoice 2026-0042 from Noordzee Energie B.V.'],
    [
      'invoice-overdue',
      'nl-NL',
      { days_overdue: 0 },
      'Vandaag te betalen: factuur 2026-0042 van Noordzee Energie B.V.',
    ],
    ['invoice-overdue', 'de-DE', {}, 'Zahlungserinnerung: Rechnung 2026-0042 von Noordzee Energie B.V.'],
    ['invoice-overdue', 'en-GB', PAID, 'Invoice 2026-0042 from Noordzee Energie B.V.'],
    ['free-trial-reminder', 'en-GB', {}, 'Your free trial of Stroom Plus ends on 3 March 2026'],
    [
      'free-trial-reminder',
      'nl-NL',
      { days_until_trial_end: 1 },
      'Uw gratis proefperiode van Stroom Plus eindigt morgen',
    ],
    ['invoice-upcoming-payment', 'en-GB', PAID, 'Invoice 2026-0042 from Noordzee Energie B.V.'],
    ['invoice-upcoming-payment', 'de-DE', {}, 'Zahlung am 3. März 2026: Rechnung 2026-0042 von Noordzee Energie B.V.'],
    ['payment-failed', 'en-GB', NO_INVOICE, 'Your payment to Noordzee Energie B.V. did not go through'],
    ['payment-failed', 'nl-NL', {}, 'Uw betaling van factuur 2026-0042 aan Noordzee Energie B.V. is niet gelukt'],
    ['invoice-final', 'en-GB', { billing_entity_legal_name: null }, 'Invoice 2026-0042 from Noordzee Energie'],
  ])('%s in %s with %j has its subject', async (template, locale, facts, expected) => {
    expect((await mail(template, { locale, facts })).subject).toBe(expected);
  });

  it.each([
    ['en-GB', -2, 'Due on 3 March 2026'],
    ['en-GB', 0, 'Due today'],
    ['en-GB', 1, '1 day overdue'],
    ['en-GB', 7, '7 days overdue'],
    ['nl-NL', 1, '1 dag over de vervaldatum'],
    ['nl-NL', 30, '30 dagen over de vervaldatum'],
    ['de-DE', 1, 'Seit 1 Tag fällig'],
    ['de-DE', 7, 'Seit 7 Tagen fällig'],
    ['en-GB', null, 'Due on 3 March 2026'],
  ])('says in %s how %d days overdue it is', async (locale, days_overdue, expected) => {
    const { html } = await mail('invoice-overdue', { locale, facts: { days_overdue } });
    expect(html).toContain(`>${expected}</span>`);
  });

  it('does not call due today what has no due date', async () => {
    const { html, subject } = await mail('invoice-overdue', { facts: { invoice_due_date: null, days_overdue: 0 } });
    expect(subject).toContain('Payment reminder');
    expect(html).toContain('>Amount due</span>');
  });

  it.each(LANGUAGES)('asks nobody to pay a credit note or a paid invoice (%s)', async (locale) => {
    for (const [template, facts] of [
      ['invoice-final', CREDIT_NOTE],
      ['invoice-final', PAID],
      ['invoice-overdue', PAID],
      ['payment-failed', PAID],
    ] as const) {
      for (const payment_link of [null, 'https://pay.example']) {
        const { html, text } = await mail(template, { locale, facts: { ...facts, payment_link } });
        for (const part of [html, text]) expect(part).not.toMatch(/IBAN|pay\.example/);
      }
    }
  });

  it('has a mail for a payment that no invoice belongs to', async () => {
    const { text } = await mail('payment-failed', { facts: NO_INVOICE });
    expect(text).toContain('Please check the payment method that you use with us, or get in touch');
    expect(text).not.toMatch(/[Ii]nvoice|Due|null/);
  });

  it.each([
    ['a link', { payment_link: 'https://pay.example/p/1' }, 'https://pay.example/p/1'],
    ['bank details', { bank_accounts: (templates.sample('payment-failed') as Facts).bank_accounts }, 'NL91 ABNA'],
  ])('offers %s for a payment that no invoice belongs to', async (_way, facts, offered) => {
    const { html, text } = await mail('payment-failed', { facts: { ...NO_INVOICE, ...facts } });
    expect(html).toContain(offered);
    expect(text).toContain(offered);
  });

  it('leaves out what an invoice does not say', async () => {
    const unsaid = {
      nothing_to_pay: true,
      invoice_number: null,
      invoice_date: null,
      invoice_due_date: null,
      invoice_open_amount: null,
      invoice_paid_amount: null,
      purchase_order_number: null,
    };
    for (const template of TEMPLATES) {
      const { text, html } = await mail(template, { facts: unsaid });
      expect(text).not.toMatch(/: *$/m);
      expect(html).not.toMatch(/<td[^>]*><\/td>|<div[^>]*><\/div>/);
    }
  });

  it.each(LANGUAGES)('mentions an attachment only when there is one (%s)', async (locale) => {
    const without = await mail('invoice-final', { locale, facts: { has_pdf: false } });
    expect(without.text).not.toMatch(/pdf/i);
    expect((await mail('invoice-final', { locale })).text).toMatch(/pdf/i);
  });

  it('tells the reader to reply when the seller has no address of its own', async () => {
    const { text, html } = await mail('invoice-final', { facts: { billing_entity_email: null } });
    expect(text).toContain('Simply reply to this email.');
    expect(html).not.toContain('mailto:');
  });

  it('writes every bank account on lines of its own', async () => {
    const account = { legal_name: null, iban: null, bic: null, account_number: null, bank_name: null, reference: 'R1' };
    const bank_accounts = [
      { ...account, iban: 'NL91 ABNA 0417 1643 00' },
      { ...account, account_number: '000123456789', bic: 'CHASUS33' },
    ];
    const { text } = await mail('invoice-final', { facts: { payment_link: null, bank_accounts } });
    expect(text).toContain(`IBAN:               NL91 ABNA 0417 1643 00
Payment reference:  R1

Account number:     000123456789
BIC:                CHASUS33
Payment reference:  R1
`);
  });
});

describe('the HTML of a mail', () => {
  const everyMail = TEMPLATES.flatMap((template) => LANGUAGES.map((language) => [template, language] as const));

  it.each(everyMail)('says all that the text says (%s in %s)', async (template, locale) => {
    const { text, html } = await mail(template, { locale });
    const shown = visible(html).replaceAll('&amp;', '&');
    const facts = text.split('\n').flatMap((line) => line.split(/: {2,}/).slice(1));
    expect(facts.length).toBeGreaterThan(3);
    for (const fact of facts) expect(shown).toContain(fact);
    const { payment_link: link } = templates.sample(template) as { payment_link: string | null };
    if (link !== null) expect(html).toContain(`href="${link}"`);
  });

  it.each(everyMail)('fetches nothing and fits every client (%s in %s)', async (template, locale) => {
    const { html } = await mail(template, { locale });
    expect(html).not.toMatch(/<img|<link|@import|@font-face|url\(|\bsrc=|<script/i);
    expect(Buffer.byteLength(html)).toBeLessThan(60_000);
    expect(html).toContain(`<html lang="${locale}" dir="ltr"`);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).not.toMatch(/\{\{|\}\}\}|undefined|\bnull\b|NaN|\[object/);
  });

  it('shows amount and due date before the mail is opened', async () => {
    const { html } = await mail('invoice-final');
    expect(html).toContain('overflow:hidden;">€6,745.75, due on 3 March 2026.&#847;');
  });

  it('carries the subject as its title', async () => {
    const { html } = await mail('invoice-final', { subject: 'A & B {{invoice_number}}' });
    expect(html).toContain('<title>A &amp; B 2026-0042</title>');
  });
});

describe('what customers and callers write', () => {
  it('is text in HTML, whatever it contains', async () => {
    const facts = { customer_legal_name: '<script>alert("1")</script> & Söhne' };
    const { html, text } = await mail('invoice-final', { facts });
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; Söhne');
    expect(html).not.toContain('<script');
    expect(text).toContain('<script>alert("1")</script> & Söhne');
  });

  it('cannot leave the link it stands in', async () => {
    const facts = { payment_link: 'https://pay.example/?a=1&b="><img src=x>' };
    const { html } = await mail('invoice-final', { facts });
    expect(html).toContain('href="https://pay.example/?a&#x3D;1&amp;b&#x3D;&quot;&gt;&lt;img src&#x3D;x&gt;"');
  });

  it('adds no line to a subject or a text part', async () => {
    const facts = { billing_entity_legal_name: 'Acme\r\nBcc: everyone@example.com\r\n\r\nPay to NL00' };
    const { subject, text } = await mail('invoice-final', { facts });
    expect(subject).toBe('Invoice 2026-0042 from Acme Bcc: everyone@example.com Pay to NL00');
    expect(text).not.toMatch(/^Bcc|^Pay to/m);
  });

  it('never changes the structure of a mail', async () => {
    const baseline = await Promise.all(TEMPLATES.map((template) => hostileMail(template, '')));
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<b>', '">', "'", '{{x}}', '-->', '</td>', '&lt;', '\r\n\r\n', '<![endif]-->', '`', '\u202E'),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...TEMPLATES.keys()), fc.array(anything), async (index, pieces) => {
        const { html, subject, text } = await hostileMail(TEMPLATES[index]!, pieces.join(''));
        expect(structure(html)).toEqual(structure(baseline[index]!.html));
        expect(subject).not.toMatch(/\p{Cc}/u);
        expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      }),
    );
  });

  /** Every text of the sample is replaced by one of its own that ends in `tail`. */
  function hostileMail(template: string, tail: string): Promise<RenderedMail> {
    const replaced = (value: TemplateValue, name: string): TemplateValue => {
      if (typeof value === 'string') return `x${name}${tail}`;
      if (Array.isArray(value)) return value.map((element: TemplateValue) => replaced(element, name));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, `${name}.${key}`)]));
    };
    return mail(template, { variables: (format) => replaced(given(template)(format), '') as TemplateVariables });
  }
});

describe("an action's own subject", () => {
  it('uses the variables of the mail', async () => {
    const subject = "{{invoice_number}}: {{plural days_overdue one='# dag' other='# dagen'}} te laat";
    expect((await mail('invoice-overdue', { locale: 'nl', subject })).subject).toBe('2026-0042: 7 dagen te laat');
  });

  it('is not escaped: it is no HTML', async () => {
    const facts = { customer_name: "Jan & Zoon's" };
    expect((await mail('invoice-final', { facts, subject: 'For {{customer_name}}' })).subject).toBe("For Jan & Zoon's");
  });

  it.each([
    ['{{invoice_nmber}}', 'TEMPLATE_VARIABLE_UNKNOWN', 'invoice_nmber'],
    ['{{#if invoice_number}}', 'TEMPLATE_INVALID', 'is not a template'],
    [' {{purchase_order_number}} ', 'TEMPLATE_SUBJECT_EMPTY', 'invoice-final.en'],
  ])('%s fails for good', async (subject, code, part) => {
    const rendering = mail('invoice-final', { subject, facts: { purchase_order_number: null } });
    await expect(rendering).rejects.toBeInstanceOf(PermanentFailure);
    await expect(rendering).rejects.toMatchObject({ code, message: expect.stringContaining(part) });
  });
});

describe('the language of a mail', () => {
  it.each([
    ['de-AT', 'invoice-final.de', 'de-AT', false, '€\u00a06.745,75', '3. März 2026'],
    ['de-CH', 'invoice-final.de', 'de-CH', false, "EUR\u00a06'745.75", '3. März 2026'],
    ['en-US', 'invoice-final.en', 'en-US', false, '€6,745.75', 'March 3, 2026'],
    ['sv-SE', 'invoice-final', 'en-GB', true, '€6,745.75', '3 March 2026'],
    ['pl-PL', 'invoice-final', 'en-GB', true, '€6,745.75', '3 March 2026'],
    [null, 'invoice-final', 'en', false, '€6,745.75', 'March 3, 2026'],
  ])('%s reads %s in %s', async (locale, template, formatted, usedFallback, amount, date) => {
    const { text, ...rest } = await mail('invoice-final', { locale });
    expect(rest).toMatchObject({ template, locale: formatted, usedFallback });
    expect(text).toContain(amount);
    expect(text).toContain(date);
  });

  it("is the platform's when the customer has none", async () => {
    expect(await mail('invoice-final', { locale: null, platformLocale: 'nl-NL' })).toMatchObject({
      template: 'invoice-final.nl',
      usedFallback: false,
    });
  });

  it('asks for the variables once, with the formatter of that language', async () => {
    const asked: string[] = [];
    const variables = (format: Formatter) => {
      asked.push(`${format.locale} ${format.zone}`);
      return given('invoice-final')(format);
    };
    await mail('invoice-final', { locale: 'sv-SE', zone: 'Europe/Stockholm', variables });
    expect(asked).toEqual(['en-GB Europe/Stockholm']);
  });

  it('fails for good when there is no such template, and says which there are', async () => {
    const rendering = mail('../invoice-final', { variables: given('invoice-final') });
    await expect(rendering).rejects.toMatchObject({
      code: 'TEMPLATE_NOT_FOUND',
      message: expect.stringContaining('invoice-final, invoice-overdue'),
    });
  });
});

it('names the variable and the template when a workflow does not supply what the template uses', async () => {
  const { invoice_open_amount: _left, ...rest } = given('invoice-final')(formatter('nl', 'UTC'));
  const rendering = mail('invoice-final', { locale: 'nl', variables: () => rest });
  await expect(rendering).rejects.toMatchObject({
    code: 'TEMPLATE_VARIABLE_UNKNOWN',
    message: expect.stringMatching(/template invoice-final\.nl .* unknown variable invoice_open_amount\./),
  });
});

it('gives the same bytes for the same request', async () => {
  const again = new MailRenderer(new ShippedTemplates());
  const request = { templateName: 'invoice-final', locale: 'nl', platformLocale: null, zone: 'UTC', subject: null };
  const variables = given('invoice-final');
  expect(await again.render({ ...request, variables })).toEqual(await renderer.render({ ...request, variables }));
});

describe('checkSubject', () => {
  it.each([
    'Invoice {{invoice_number}}',
    'Your payment of {{payment_amount}} {{#if has_invoice}}({{invoice_amount_raw}}){{/if}}',
    'Ünïcode without any variable',
  ])('accepts %s', (subject) => {
    expect(() => checkSubject(subject, 'subject')).not.toThrow();
  });

  it.each([
    ['{{invoice_nmber}}', 'unknown variable invoice_nmber'],
    ['{{#if has_pdf}}', 'is not a template'],
    ['{{constructor}}', 'unknown variable constructor'],
    ['{{{customer_name}}}', 'without escaping'],
    ['  ', 'leave it out'],
    ['a\r\nBcc: b', 'one line'],
  ])('refuses %j and says why', (subject, why) => {
    const field = 'send_email_to_customer.subject';
    let error: unknown;
    try {
      checkSubject(subject, field);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'INVALID_FIELD', details: { field }, message: expect.stringContaining(why) });
  });
});

it('lists the shipped templates', () => {
  expect(MailRenderer.templateNames).toEqual(TEMPLATES);
});
