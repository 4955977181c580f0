import { aLine, anInvoice, aRequest, eur } from '../../test/an-invoice.js';
import { type InvoiceDocument, type InvoicePrintRequest } from '../printable-invoice.js';
import { invoiceContent } from './invoice-content.js';

describe('invoiceContent', () => {
  const content = (invoice: InvoiceDocument, more: Partial<InvoicePrintRequest> = {}) =>
    invoiceContent(aRequest({ invoice, ...more }));
  const plain = (text: string | undefined) =>
    text?.replace(/[\u00a0\u2068\u2069]/g, (c) => (c === '\u00a0' ? ' ' : ''));

  it.each([
    ['STANDARD', 'DEFAULT', 'Invoice'],
    ['ONE_OFF', null, 'Invoice'],
    ['CREDIT', 'DEFAULT', 'Credit note'],
    ['ONE_OFF_CREDIT', undefined, 'Credit note'],
    ['STANDARD', 'SELF_BILLING', 'Self-billing invoice'],
  ])('calls a %s document with billing type %s "%s"', (type, billing_type, title) => {
    expect(content(anInvoice({ type, billing_type })).title.text).toBe(title);
  });

  it('is in the language of the customer, in English where we have no words', () => {
    const title = (locale: string) => content(anInvoice(), { locale }).title.text;
    expect([title('nl-NL'), title('nb_NO'), title('no'), title('sr-Latn-RS'), title('sr-RS')]).toEqual([
      'Factuur',
      'Faktura',
      'Faktura',
      'Račun',
      'Рачун',
    ]);
    expect(content(anInvoice(), { locale: 'sw-KE' }).language.locale).toBe('en-GB');
  });

  it('prints an id once, with the name that the document gives it', () => {
    const { ids } = content(
      anInvoice({ billing_entity: { tax_id: 'X1', tax_ids: [{ id: 'X1', display_name: 'VAT no.' }, { id: 'X2' }] } }),
    ).seller;
    expect(ids.map(({ label, value }) => `${label.text} ${value.text}`)).toEqual(['VAT no. X1', 'Tax ID X2']);
  });

  it('states the exemption of a customer, by note or by label', () => {
    const remarks = (organization: object) => content(anInvoice({ customer: { organization } })).buyer.remarks;
    expect(remarks({ tax_exempt: true, tax_exempt_note: 'Art. 44' })[0]?.text).toBe('Art. 44');
    expect(remarks({ tax_exempt: true })[0]?.text).toBe('Tax exempt');
    expect(remarks({ tax_exempt: false })).toEqual([]);
  });

  it.each([
    ['NL', ['Kade 1', '3511 SW Utrecht', 'Netherlands']],
    ['GB', ['Kade 1', 'Utrecht, 3511 SW', 'United Kingdom']],
  ])('writes an address as %s does', (country, lines) => {
    const registered_address = {
      line1: 'Kade 1',
      line2: '',
      postal_code: '3511 SW',
      city: 'Utrecht',
      state: 'Utrecht',
      country,
    };
    const { address } = content(anInvoice({ billing_entity: { registered_address } })).seller;
    expect(address.map(({ text }) => text)).toEqual(lines);
  });

  it('names the product where the line has no description, and explains it', () => {
    const line = aLine({ description: null, product_items: [{ name: 'Seats', description: 'Per user' }] });
    expect(content(anInvoice({}, [line])).lines.sections[0]?.rows[0]?.description.text).toBe('Seats\nPer user');
  });

  it('puts subtotals only where there are several groups', () => {
    const group = { amount_excluding_tax: eur('1.00'), lines: [aLine()] };
    const subtotals = (groups: object[]) =>
      content(anInvoice({ periods: [{ groups }] })).lines.sections.map(({ subtotal }) => subtotal?.value.text);
    expect(subtotals([group])).toEqual([undefined]);
    expect(subtotals([group, group])).toEqual(['1.00', '1.00']);
  });

  it('has an amount column including tax when the document states no other', () => {
    const line = aLine({ amount_excluding_tax: null, amount_including_tax: eur('121.00') });
    const { headings, sections } = content(anInvoice({}, [line])).lines;
    expect([headings.amount.text, sections[0]?.rows[0]?.amount?.text]).toEqual(['Amount incl. tax (EUR)', '121.00']);
  });

  it('shows the reason of a rate and the tax in the local currency', () => {
    const category = {
      name: 'VAT',
      category: 'REVERSE_CHARGE',
      percentage: '0',
      notes: ['Art. 196'],
      local_amounts: { tax_amount: { quantity: '7', currency: 'USD' } },
    };
    const row = content(anInvoice({ tax_categories: [category] })).taxes?.rows[0];
    expect(row?.name.text).toBe('VAT · Reverse charge');
    expect(row?.reasons.map(({ text }) => plain(text))).toEqual(['Art. 196', 'Tax in USD: US$7.00']);
  });

  describe('totals', () => {
    const labels = (invoice: InvoiceDocument) => content(anInvoice(invoice)).totals.map(({ label }) => label.text);
    const rounding = (invoice: InvoiceDocument) =>
      content(anInvoice(invoice)).totals.find(({ label }) => label.text === 'Rounding difference')?.value.text;

    it('leave out what is zero', () => {
      expect(labels({ paid_invoice_amount: eur('0.00'), closed_invoice_amount: eur('0') })).toEqual([
        'Total excluding tax',
        'Tax',
        'Total including tax',
        'Amount due',
      ]);
    });

    it('show the difference that total, paid and open leave unexplained', () => {
      expect(rounding({ paid_invoice_amount: eur('100.00'), open_invoice_amount: eur('142.25') })).toBe('€0.25');
      expect(rounding({ paid_invoice_amount: eur('100.00'), open_invoice_amount: eur('142.00') })).toBeUndefined();
    });

    it('take a credit with either sign for the same', () => {
      expect(rounding({ invoice_amount_including_tax: eur('-242'), open_invoice_amount: eur('242') })).toBeUndefined();
    });

    it('print what is due as the document states it', () => {
      expect(content(anInvoice({ open_invoice_amount: eur('-12.50') })).totals.at(-1)?.value.text).toBe('-€12.50');
    });
  });

  it('groups an IBAN and finds the numbers of local accounts', () => {
    const bankAccounts = [{ iban: 'NL91ABNA0417164300', uk_local: { sort_code: '12-34-56', account_number: '123' } }];
    const rows = content(anInvoice(), { bankAccounts, payLink: null }).payment?.accounts[0];
    expect(rows?.map(({ label, value }) => `${label.text}: ${value.text}`)).toEqual([
      'IBAN: NL91 ABNA 0417 1643 00',
      'Account number: 123',
      'Sort code: 12-34-56',
    ]);
  });

  it('names the original invoice of a credit once', () => {
    const invoice = anInvoice({
      type: 'CREDIT',
      credit: { original_invoice_info: { invoice_number: 'F-1' } },
      linked_invoices: [{ invoice_number: 'F-1', invoice_date: '2026-01-01T00:00:00Z' }],
    });
    const rows = content(invoice).details.filter(({ label }) => label.text === 'Original invoice');
    expect(rows.map(({ value }) => value.text)).toEqual(['F-1 · 1 Jan 2026']);
  });

  it('takes absent and null for the same, everywhere', () => {
    const emptied = (value: unknown): unknown => {
      if (Array.isArray(value)) return [null, ...value.map(emptied)];
      if (typeof value !== 'object' || value === null) return null;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, emptied(inner)]));
    };
    const hollow = emptied(anInvoice({ notes: ['a'], linked_invoices: [{ id: 'x' }] })) as InvoiceDocument;
    for (const invoice of [hollow, {}, { periods: [{}], customer: {}, credit: {}, tax_summary: {} }]) {
      expect(() => content(invoice, { bankAccounts: [{}], payLink: null })).not.toThrow();
    }
  });
});
