import fc from 'fast-check';
import { dotStuffed, END_OF_DATA } from './dot-stuffing.js';

const sent = (text: string): string => Buffer.concat([dotStuffed(Buffer.from(text)), END_OF_DATA]).toString();

describe('dotStuffed', () => {
  it.each([
    ['a\r\n', 'a\r\n.\r\n'],
    ['a', 'a\r\n.\r\n'],
    ['.\r\n..a\r\nb.\r\n', '..\r\n...a\r\nb.\r\n.\r\n'],
    ['a\n.\nb\r.\rc', 'a\r\n..\r\nb\r\n..\r\nc\r\n.\r\n'],
    ['', '\r\n.\r\n'],
  ])('sends %j as %j', (mime, wire) => expect(sent(mime)).toBe(wire));

  it('ends once, at the end, and reads back as the lines that were given', () => {
    const mail = fc.string({ unit: fc.constantFrom('.', '\r', '\n', '\r\n', 'a') });
    fc.assert(
      fc.property(mail, (text) => {
        const wire = `\r\n${sent(text)}`;
        expect(wire.indexOf('\r\n.\r\n')).toBe(wire.length - 5);
        expect(wire).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
        const received = wire.slice(0, -3).replaceAll('\r\n.', '\r\n').slice(2);
        const lines = text.replace(/\r\n|\r|\n/g, '\r\n');
        expect(received).toBe(lines.endsWith('\r\n') ? lines : `${lines}\r\n`);
      }),
      { numRuns: 1000 },
    );
  });
});
