import fc from 'fast-check';
import { layOutText, subjectLine } from './mail-text.js';

describe('layOutText', () => {
  it('aligns neighbouring rows and hangs what is too long below its column', () => {
    const rows = ['A:\tone', 'Number:\ttwo', `Name:\t${'word '.repeat(18)}`].join('\n');
    expect(layOutText(rows)).toBe(
      [
        'A:       one',
        'Number:  two',
        `Name:    ${'word '.repeat(13)}word`,
        `         ${'word '.repeat(3)}word`,
        '',
      ].join('\n'),
    );
  });

  it('leaves one empty line where conditions left several', () => {
    expect(layOutText('\n\na\n\n\n\nb  c \n\n')).toBe('a\n\nb c\n');
  });

  it('keeps a link whole', () => {
    const link = `https://pay.example/${'x'.repeat(100)}`;
    expect(layOutText(`Pay:\n${link}\n`)).toBe(`Pay:\n${link}\n`);
  });

  it('keeps an amount together', () => {
    const text = layOutText(`${'x'.repeat(70)} 6.745,75\u00a0€ open`);
    expect(text.split('\n')[1]).toBe('6.745,75\u00a0€ open');
  });

  it('wraps at 78 columns, loses no word and changes no order', () => {
    const word = fc.stringMatching(/^[a-zäß€]{1,40}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
        const text = layOutText(words.join(' '));
        expect(text.trim().split(/\s+/)).toEqual(words);
        expect(text.split('\n').every((line) => Array.from(line).length <= 78)).toBe(true);
      }),
    );
  });
});

describe('subjectLine', () => {
  it('is one line with single spaces', () => {
    expect(subjectLine(' Invoice\r\nBcc: x@example.com  1\u00a0€\t')).toBe('Invoice Bcc: x@example.com 1 €');
  });
});
