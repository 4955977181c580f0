import { anInvoice, aRequest, eur } from '../../test/an-invoice.js';
import { FontBook } from '../fonts/font-book.js';
import { layoutInvoice } from '../layout/layout-invoice.js';
import { TextShaper } from '../text/text-shaper.js';
import { LANGUAGES, languageFor } from './languages.js';

describe('the languages of a document', () => {
  const shaper = new TextShaper(new FontBook());
  const codes = [...Object.keys(LANGUAGES), 'sr-Latn'];

  it.each(codes)('%s has every word, with its blanks to fill in, and a font for it', (code) => {
    const { labels, locale } = languageFor(code);
    expect(locale).toBe(code);
    expect(labels.page).toMatch(/\{page\}.*\{pages\}/);
    expect(labels.taxIn).toContain('{currency}');
    for (const [key, label] of Object.entries(labels)) {
      expect([key, label.trim() === label && label !== '']).toEqual([key, true]);
      expect(() => shaper.lines(label, 'bold', Infinity, code, key)).not.toThrow();
    }
  });

  it.each(codes)('an invoice in %s fits its page', (code) => {
    const invoice = anInvoice({
      type: 'CREDIT',
      billing_type: 'SELF_BILLING',
      paid_invoice_amount: eur('10.00'),
      delivery_date: '2026-01-31T00:00:00Z',
      tax_categories: [
        { name: 'VAT', category: 'REVERSE_CHARGE', percentage: '0', base_amount: eur('1'), tax_amount: eur('0') },
      ],
      credit: { note: 'x', original_invoice_info: { invoice_number: 'F-1' } },
    });
    expect(layoutInvoice(aRequest({ invoice, locale: code, draft: true }), shaper).pages).toHaveLength(1);
  });

  it('gives a Chinese reader of the other script English rather than the wrong one', () => {
    expect(languageFor('zh-TW').locale).toBe('en-GB');
  });
});
