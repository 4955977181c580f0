import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aLine, anInvoice, aRequest } from '../../test/an-invoice.js';
import { FontBook } from '../fonts/font-book.js';
import { layoutInvoice } from '../layout/layout-invoice.js';
import { InvoicePress } from '../print-invoice.js';
import { type InvoicePrintRequest } from '../printable-invoice.js';
import { TextShaper } from '../text/text-shaper.js';

const press = new InvoicePress();
const found = (tool: string) => spawnSync(tool, ['-v']).error === undefined;
const poppler = found('pdftotext') && found('pdftoppm');
if (!poppler) console.info('draw-pdf.spec: without pdftotext and pdftoppm no PDF was read back or rendered.');
const withPoppler = poppler ? describe : describe.skip;

const print = (request: Partial<InvoicePrintRequest> = {}) => press.print(aRequest(request));
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('drawPdf', () => {
  it('gives equal bytes for equal requests, and others for others', () => {
    const [one, two, draft] = [print(), print(), print({ draft: true })];
    expect(Buffer.from(one.bytes).equals(two.bytes)).toBe(true);
    expect(draft.sha256).not.toBe(one.sha256);
  });

  it('begins with the header and tells readers where everything is', () => {
    const text = latin1(print().bytes);
    expect(text.startsWith('%PDF-1.7\n')).toBe(true);
    const xref = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    const offsets = [...text.slice(xref).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    expect(offsets.length).toBeGreaterThan(10);
    offsets.forEach((offset, i) => expect(text.slice(offset)).toMatch(new RegExp(`^${i + 1} 0 obj\\n`)));
  });

  it('takes its date from the document, not from the clock', () => {
    const { bytes } = print({ invoice: anInvoice({ updated_to_final_at: '2026-02-03T04:05:06Z' }) });
    expect(latin1(bytes)).toContain('(D:20260203040506Z)');
  });

  it('writes metadata that stays readable, whatever the seller is called', () => {
    const text = latin1(print({ invoice: anInvoice({ billing_entity: { legal_name: 'A & B <C>' } }) }).bytes);
    expect(text).toContain('<rdf:li>A &amp; B &lt;C&gt;</rdf:li>');
    expect(text).toContain('/Lang (en-GB)');
  });

  it('links the address of the pay link', () => {
    expect(latin1(print({ payLink: 'https://pay.example/i/17' }).bytes)).toContain('/URI (https://pay.example/i/17)');
  });
});

withPoppler('the PDF, read by poppler', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'documents-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (request: Partial<InvoicePrintRequest>) => {
    const path = join(folder, 'invoice.pdf');
    writeFileSync(path, print(request).bytes);
    return path;
  };
  /** Without white space and the direction marks that poppler adds. */
  const extract = (request: Partial<InvoicePrintRequest>) =>
    execFileSync('pdftotext', [file(request), '-'])
      .toString()
      .replace(/[\s\u200e\u200f\u202a-\u202e]/g, '');

  it.each([
    ['Latin', 'Überwachung der Förderanlage – fünf Stück à 3 €'],
    ['ligatures', 'Effiziente Offline-Pflege'],
    ['Greek', 'Υπηρεσίες Ανάπτυξης'],
    ['Cyrillic', 'Услуге одржавања'],
    ['Vietnamese', 'Dịch vụ tư vấn thuế'],
    ['Hindi', 'हिन्दी में विवरण'],
    ['Thai', 'ค่าบริการน้ำ'],
    ['Japanese', '共同研究費（第2四半期）'],
    ['Arabic', 'رقمنة مخطوطات نادرة'],
    ['Hebrew', 'ייעוץ חודשי'],
    ['symbols', '✓ ★ → ½ №'],
  ])('gives %s text back as it was written', (_script, description) => {
    const invoice = anInvoice({}, [aLine({ description })]);
    expect(extract({ invoice })).toContain(description.replace(/\s/g, ''));
  });

  it('has ink where text stands', () => {
    const descriptions = ['Latin', 'مخطوطات', '四半期', 'ค่าบริการ', 'ייעוץ', '✓'];
    const request = aRequest({
      invoice: anInvoice(
        {},
        descriptions.map((description) => aLine({ description })),
      ),
    });
    const image = rendered(file(request));
    const { pages } = layoutInvoice(request, new TextShaper(new FontBook()));
    const placed = pages[0]!.items.flatMap((item) => (item.kind === 'text' && item.line.text !== '' ? [item] : []));
    expect(placed.length).toBeGreaterThan(40);
    for (const item of placed) {
      expect([item.line.text, darkPixels(image, item) > 2 * item.line.text.replace(/\s/g, '').length]).toEqual([
        item.line.text,
        true,
      ]);
    }
  });

  const SCALE = 2;
  const rendered = (path: string) => {
    execFileSync('pdftoppm', ['-gray', '-singlefile', '-r', String(72 * SCALE), path, join(folder, 'page')]);
    const bytes = readFileSync(join(folder, 'page.pgm'));
    const [, width = ''] = /^P5\s+(\d+)\s+\d+\s+\d+\s/.exec(bytes.toString('latin1', 0, 40)) ?? [];
    const header = /^P5\s+\d+\s+\d+\s+\d+\s/.exec(bytes.toString('latin1', 0, 40))?.[0].length ?? 0;
    return { width: Number(width), pixels: bytes.subarray(header) };
  };
  const darkPixels = (
    { width, pixels }: ReturnType<typeof rendered>,
    box: { x: number; y: number; width: number; height: number },
  ) => {
    let dark = 0;
    for (let y = Math.floor(box.y * SCALE); y < (box.y + box.height) * SCALE; y++) {
      for (let x = Math.floor(box.x * SCALE); x < (box.x + box.width) * SCALE; x++)
        if (pixels[y * width + x]! < 170) dark++;
    }
    return dark;
  };
});
