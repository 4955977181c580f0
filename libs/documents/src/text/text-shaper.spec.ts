import fc from 'fast-check';
import { FontBook } from '../fonts/font-book.js';
import { ShapedTexts, TextShaper } from './text-shaper.js';

describe('TextShaper', () => {
  const shaper = new TextShaper(new FontBook());
  const lines = (text: string, width = Infinity, language = 'en') =>
    shaper.lines(text, 'regular', width, language, 'notes.0').map((line) => line.text);

  it('keeps what two documents say for the third, and what one says for none', () => {
    const [book, texts] = [new FontBook(), new ShapedTexts()];
    const document = () => new TextShaper(book, texts).lines('Invoice', 'bold', Infinity, 'en', 'label');
    const [first, second, third] = [document(), document(), document()];
    expect(second).not.toBe(first);
    expect(third).toBe(second);
    expect(second).toEqual(first);
  });

  it('keeps the line breaks of the source', () => {
    expect(lines('one\n\ntwo')).toEqual(['one', '', 'two']);
  });

  it('breaks between words', () => {
    expect(lines('one two three', 4000)).toEqual(['one two', 'three']);
  });

  it('keeps hyphenated words in one piece where they fit', () => {
    expect(lines('the Sand-Kies mix', 6000)).toEqual(['the', 'Sand-Kies', 'mix']);
  });

  it('breaks a hyphenated word at its hyphens before it cuts it', () => {
    expect(lines('Brechsand-Splitt-Gemisch', 6500)).toEqual(['Brechsand-', 'Splitt-', 'Gemisch']);
  });

  it('cuts a word that is longer than a line', () => {
    const cut = lines('x'.repeat(50), 5000);
    expect(cut.length).toBeGreaterThan(2);
    expect(cut.join('')).toBe('x'.repeat(50));
  });

  it('finds the words of Thai, which has no blanks', () => {
    const cut = lines('ข้อความภาษาไทยที่ยาวมาก', 5000, 'th');
    expect(cut.length).toBeGreaterThan(1);
    expect(cut.join('')).toBe('ข้อความภาษาไทยที่ยาวมาก');
  });

  it('begins no Japanese line with a full stop', () => {
    expect(lines('あいうえお。かきくけこ。', 5200, 'ja').every((line) => !line.startsWith('。'))).toBe(true);
  });

  it('puts right-to-left words in visual order and keeps numbers readable', () => {
    const [line] = shaper.lines('فاتورة 123 جديدة', 'regular', Infinity, 'ar', 'notes.0');
    expect(line?.runs.map(({ text }) => text.trim()).filter((text) => text !== '')).toEqual(['جديدة', '123', 'فاتورة']);
  });

  it('draws bold with a stroke where the font has none', () => {
    const [line] = shaper.lines('A 東', 'bold', Infinity, 'ja', 'notes.0');
    expect(line?.runs.map(({ embolden }) => embolden)).toEqual([false, true]);
  });

  it.each([
    ['an emoji of several characters', '👩‍💻'],
    ['a decomposed letter', 'é'],
    ['a decomposed kana', 'か\u3099'],
  ])('draws %s as one cluster', (_what, text) => {
    const [line] = shaper.lines(text, 'regular', Infinity, 'ja', 'notes.0');
    expect(line?.runs.flatMap(({ glyphs }) => glyphs).filter((glyph) => glyph.text !== '')).toHaveLength(1);
  });

  it("takes one font for all Han characters of a text, the one of the document's language first", () => {
    const faces = (text: string, language: string) => {
      const [line] = shaper.lines(text, 'regular', Infinity, language, 'notes.0');
      return [...new Set(line?.runs.map(({ face }) => face.split('_')[0]))];
    };
    expect(faces('東京都', 'en')).toEqual(['NotoSansJP']);
    expect(faces('软件服务费', 'en')).toEqual(['NotoSansSC']);
    expect(faces('中国', 'zh-CN')).toEqual(['NotoSansSC']);
    expect(faces('서울특별시', 'ko')).toEqual(['NotoSansKR']);
  });

  it('names the character that no font has, and its field', () => {
    expect(() => lines('price \u20c1')).toThrow(
      expect.objectContaining({ code: 'GLYPH_MISSING', message: expect.stringMatching(/notes\.0 .*U\+20C1/) }),
    );
  });

  it('loses and invents no text, whatever it is broken into, and stays within the width', () => {
    const word = fc.constantFrom('a', 'invoice', 'ein-zwei', '東京都', 'فاتورة', 'שלום', '12.50', 'Ж', '✓', 'हिन्दी');
    const property = fc.property(
      fc.array(word, { maxLength: 30 }),
      fc.integer({ min: 3000, max: 20_000 }),
      (words, width) => {
        const shaped = shaper.lines(words.join(' '), 'regular', width, 'en', 'f');
        expect(
          shaped
            .map(({ text }) => text)
            .join('')
            .replace(/ /g, ''),
        ).toBe(words.join(''));
        expect(Math.max(...shaped.map((line) => line.width))).toBeLessThanOrEqual(width + 60);
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  it('tells in its glyphs the text that they stand for', () => {
    const property = fc.property(fc.stringMatching(/^[ -~À-ž]{1,40}$/), (text) => {
      const shaped = shaper.lines(text, 'regular', Infinity, 'en', 'f');
      const told = shaped.flatMap(({ runs }) => runs.flatMap(({ glyphs }) => glyphs.map((glyph) => glyph.text)));
      expect(told.join('').trim()).toBe(text.trim());
    });
    fc.assert(property, { numRuns: 100 });
  });
});
