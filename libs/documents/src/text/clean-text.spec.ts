import { cleanText } from './clean-text.js';

describe('cleanText', () => {
  it.each([
    ['line ends of every kind', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['tabs', 'a\tb', 'a b'],
    ['blanks around lines', '  a  \n  b ', 'a\nb'],
    ['control characters and byte order marks', '\ufeffa\u0007b\u0000', 'ab'],
    ['soft hyphens', 'Rech\u00adnung', 'Rechnung'],
    ['overrides that would turn the text around', 'gpj.\u202eexe', 'gpj.exe'],
  ])('takes out %s', (_what, text, cleaned) => {
    expect(cleanText(text)).toBe(cleaned);
  });

  it('keeps joiners, marks and isolates, which belong to the scripts that use them', () => {
    const text = 'می\u200cخواهم \u2068+1\u2069 👩\u200d💻';
    expect(cleanText(text)).toBe(text);
  });

  it('replaces half of a character, which no font has', () => {
    expect(cleanText('a\ud83d')).toBe('a\ufffd');
  });
});
