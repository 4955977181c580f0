import fc from 'fast-check';
import { readCursor, writeCursor } from './listing-cursor.js';

describe('the cursor', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));

  it('is read as it was written', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom('asc' as const, 'desc' as const), (value, id, direction) => {
        const cursor = { orderBy: 'reference', direction, value, id };
        expect(readCursor(writeCursor(cursor), 'reference', direction, 'text')).toEqual(cursor);
      }),
    );
  });

  it('is refused when it is anything else', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(() => readCursor(value, 'reference', 'desc', 'text')).toThrow('links.next');
      }),
    );
  });

  it.each([
    ['time', 'now'],
    ['time', '2026-02-01 00:00:00+00; DROP TABLE customer'],
    ['number', 'NaN'],
    ['boolean', 'maybe'],
    ['text', 'a\0b'],
  ] as const)('is refused when a %s reads %s', (kind, value) => {
    const forged = writeCursor({ orderBy: 'x', direction: 'asc', value, id: 'id' });
    expect(() => readCursor(forged, 'x', 'asc', kind)).toThrow('links.next');
  });
});
