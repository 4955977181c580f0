import { prefersStrict } from './ignored-fields.js';

describe('prefersStrict', () => {
  it.each([
    ['handling=strict', true],
    ['Handling = "STRICT"', true],
    ['respond-async, handling=strict; x=1', true],
    ['handling=strict, handling=lenient', true],
    ['handling=lenient, handling=strict', false],
    ['handling=lenient', false],
    ['handling=stricter', false],
    ['return=minimal', false],
    [undefined, false],
  ])('of %j is %s', (prefer, strict) => {
    expect(prefersStrict(prefer)).toBe(strict);
  });
});
