import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { aLine, anInvoice, aRequest, eur } from '../../test/an-invoice.js';
import { FontBook } from '../fonts/font-book.js';
import { type InvoicePrintRequest, type StatedLine } from '../printable-invoice.js';
import { TextShaper } from '../text/text-shaper.js';
import { FOOTER_TOP, MARGIN, PAGE_HEIGHT, PAGE_WIDTH } from './geometry.js';
import { type InvoiceLayout, type Page, type TextItem } from './item.js';
import { layoutInvoice } from './layout-invoice.js';

const shaper = new TextShaper(new FontBook());
const layout = (request: Partial<InvoicePrintRequest> = {}) => layoutInvoice(aRequest(request), shaper);
const texts = ({ items }: Page) => items.filter((item): item is TextItem => item.kind === 'text');
const words = (page: Page | undefined) => (page ? texts(page).map(({ line }) => line.text) : []);
const manyLines = (count: number, line: (i: number) => Partial<StatedLine> = () => ({})) =>
  Array.from({ length: count }, (_, i) => aLine({ description: `Line ${i + 1}`, ...line(i) }));

/** What stands where, to the point: `page x y size text`. */
const golden = ({ pages }: InvoiceLayout) =>
  pages.flatMap((page, p) =>
    texts(page).map(({ x, y, size, line }) => [p + 1, Math.round(x), Math.round(y), size, line.text].join(' ')),
  );

describe('layoutInvoice', () => {
  it('sets an invoice of one line', () => {
    expect(golden(layout())).toMatchSnapshot();
  });

  it('mirrors the page for languages that read from the right', () => {
    const invoice = anInvoice({ notes: ['شكراً'] }, [aLine({ description: 'استشارة' })]);
    expect(golden(layout({ invoice, locale: 'ar-EG' }))).toMatchSnapshot();
  });

  it('sets an invoice in Japanese', () => {
    const yen = (quantity: string) => ({ quantity, currency: 'JPY' });
    const lines = [aLine({ description: '共同研究費（第2四半期）', amount_excluding_tax: yen('3300000') })];
    const invoice = anInvoice({ billing_currency: 'JPY', open_invoice_amount: yen('3630000') }, lines);
    expect(golden(layout({ invoice, locale: 'ja-JP' }))).toMatchSnapshot();
  });

  it('sets 400 lines as it always did', () => {
    const set = layout({ invoice: anInvoice({}, manyLines(400)) });
    expect(set.pages).toHaveLength(13);
    expect(createHash('sha256').update(golden(set).join('\n')).digest('hex')).toMatchSnapshot();
  });

  it('repeats the head of the table on each page that it reaches, and counts the pages', () => {
    const { pages } = layout({ invoice: anInvoice({}, manyLines(60)) });
    for (const [i, page] of pages.slice(0, 2).entries()) {
      expect(words(page)).toContain('Description');
      expect(words(page)).toContain(`Page ${i + 1} of ${pages.length}`);
    }
  });

  it('leaves no heading alone at the foot of a page', () => {
    for (let before = 1; before < 40; before++) {
      const periods = [
        { groups: [{ lines: manyLines(before) }, { description: 'Second group', lines: manyLines(3) }] },
      ];
      const page = layout({ invoice: anInvoice({ periods }) }).pages.find((candidate) =>
        words(candidate).includes('Second group'),
      );
      expect(words(page).slice(words(page).indexOf('Second group'))).toContain('Line 1');
    }
  });

  it('keeps the totals together', () => {
    for (let count = 1; count < 40; count++) {
      const { pages } = layout({ invoice: anInvoice({}, manyLines(count)) });
      const holding = pages.filter((page) =>
        words(page).some((text) => ['Total excluding tax', 'Amount due'].includes(text)),
      );
      expect(holding).toHaveLength(1);
    }
  });

  it('cuts a row that is higher than a page, and loses none of it', () => {
    const sentence = Array.from({ length: 2500 }, (_, i) => `w${i}`).join(' ');
    const { pages } = layout({ invoice: anInvoice({}, [aLine({ description: sentence })]) });
    const printed = pages.flatMap(texts).filter(({ field }) => field.endsWith('lines.0.description'));
    expect(pages.length).toBeGreaterThan(2);
    expect(printed.map(({ line }) => line.text).join(' ')).toBe(sentence);
  });

  it('prints 20 digits in every column without breaking a figure', () => {
    const huge = eur('12345678901234567890.12');
    const line = aLine({ amount_excluding_tax: huge, details: { band: { amount: huge } } });
    const set = layout({ invoice: anInvoice({ open_invoice_amount: huge }, [line]) });
    expect(words(set.pages[0]).filter((text) => text.includes('12,345,678,901,234,567,890.12'))).toHaveLength(3);
  });

  it('makes the whole address of the pay link clickable', () => {
    const url = `https://pay.example/${'very-long-path/'.repeat(12)}`;
    const items = layout({ payLink: url }).pages.flatMap((page) => page.items);
    const printed = items.filter((item): item is TextItem => item.kind === 'text' && item.field === 'pay_link');
    expect(printed.map(({ line }) => line.text).join('')).toBe(url);
    for (const { x, y } of printed) {
      expect(items).toContainEqual(expect.objectContaining({ kind: 'link', url, x, y }));
    }
  });

  it('refuses a document that nobody could read', () => {
    const invoice = anInvoice({ notes: ['x\n'.repeat(80_000)] });
    expect(() => layout({ invoice })).toThrow(expect.objectContaining({ code: 'DOCUMENT_TOO_LARGE' }));
  });

  describe('for any invoice', () => {
    const word = fc.constantFrom(
      'Beratung',
      'x',
      'Leistungsbeschreibungen',
      '東京都',
      'فاتورة',
      'ייעוץ',
      '12.5%',
      '–',
      'Ω',
    );
    const phrase = fc.array(word, { minLength: 1, maxLength: 25 }).map((parts) => parts.join(' '));
    const text = fc.oneof(
      phrase,
      fc.array(phrase, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('\n')),
    );
    const quantity = fc.stringMatching(/^-?\d{1,20}(\.\d{1,10})?$/);
    const amount = quantity.map(eur);
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const line = fc.record({
      description: maybe(text),
      amount_excluding_tax: maybe(amount),
      meter_value: maybe(fc.record({ number: quantity, reference: fc.constantFrom('C62', 'HUR', 'MTK', 'box') })),
      details: maybe(fc.record({ band: fc.record({ amount }) })),
      tax_categories: fc.array(fc.record({ percentage: fc.constantFrom('21', '0', '5.5') }), { maxLength: 2 }),
      sub_lines: fc.array(fc.record({ description: text, details: fc.record({ amount }) }), { maxLength: 2 }),
    });
    const group = fc.record({
      description: maybe(phrase),
      amount_excluding_tax: maybe(amount),
      lines: fc.array(line, { maxLength: 8 }),
    });
    const invoices = fc.record({
      invoice_number: maybe(phrase),
      billing_entity: fc.record({
        legal_name: maybe(text),
        tax_id: maybe(word),
        registered_address: fc.record({ line1: text }),
      }),
      periods: fc.array(fc.record({ groups: fc.array(group, { maxLength: 3 }) }), { maxLength: 2 }),
      tax_categories: fc.array(
        fc.record({
          name: phrase,
          percentage: word,
          base_amount: amount,
          tax_amount: amount,
          notes: fc.array(text, { maxLength: 2 }),
        }),
        { maxLength: 4 },
      ),
      tax_summary: fc.record({
        base_amount: maybe(amount),
        tax_amount: maybe(amount),
        notes: fc.array(text, { maxLength: 1 }),
      }),
      open_invoice_amount: maybe(amount),
      paid_invoice_amount: maybe(amount),
      notes: fc.array(text, { maxLength: 5 }),
      footnote: maybe(text),
    });
    const requests = fc.record({
      invoice: invoices,
      locale: fc.constantFrom('en-GB', 'de-DE', 'ar-AE', 'ja-JP', 'he-IL'),
    });
    const holds = (rule: (set: InvoiceLayout, request: { invoice: ReturnType<typeof anInvoice> }) => void) =>
      fc.assert(
        fc.property(requests, (request) => rule(layout({ ...request, invoice: anInvoice(request.invoice) }), request)),
        { numRuns: 40 },
      );

    it('no two texts overlap', () => {
      holds(({ pages }) => {
        for (const page of pages) {
          const boxes = texts(page).filter(({ width }) => width > 0);
          for (const [i, a] of boxes.entries()) {
            for (const b of boxes.slice(i + 1)) {
              const apart =
                a.x + a.width <= b.x + 0.6 ||
                b.x + b.width <= a.x + 0.6 ||
                a.y + a.height <= b.y + 0.1 ||
                b.y + b.height <= a.y + 0.1;
              if (!apart) throw new Error(`"${a.line.text}" and "${b.line.text}" overlap`);
            }
          }
        }
      });
    });

    it('nothing leaves the margins, and nothing but the footer stands in its place', () => {
      holds(({ pages }) => {
        for (const { x, y, width, height, line } of pages.flatMap(texts)) {
          expect([line.text, x >= MARGIN - 0.6, x + width <= PAGE_WIDTH - MARGIN + 0.6]).toEqual([
            line.text,
            true,
            true,
          ]);
          const inFooter = y >= FOOTER_TOP - 0.1 && y + height <= PAGE_HEIGHT - 20;
          expect(y > 20 && (inFooter || y + height <= FOOTER_TOP - 6)).toBe(true);
        }
      });
    });

    it('every description stands there whole and in order', () => {
      holds((set, { invoice }) => {
        const printed = new Map<string, string>();
        for (const {
          field,
          line: { text: part },
        } of set.pages.flatMap(texts)) {
          printed.set(field, (printed.get(field) ?? '') + part.replace(/\s/g, ''));
        }
        invoice.periods?.forEach((period, p) =>
          period.groups?.forEach((stated, g) =>
            stated.lines?.forEach(({ description }, l) => {
              const found = printed.get(`periods.${p}.groups.${g}.lines.${l}.description`);
              if (description != null) expect(found).toBe(description.replace(/\s/g, ''));
            }),
          ),
        );
      });
    });
  });
});
