import fc from 'fast-check';
import { openSecrets, sealSecrets } from './secret-box.js';

describe('the box of secrets', () => {
  const key = 'a key that is long enough to be one';

  it('gives back what was put in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (secrets) => {
        expect(openSecrets(sealSecrets(secrets, key, 'authentication'), key)).toEqual(secrets);
      }),
      { numRuns: 50 },
    );
  });

  it('looks different each time and shows nothing of what is inside', () => {
    const [one, two] = [
      sealSecrets({ password: 'hunter2' }, key, 'authentication'),
      sealSecrets({ password: 'hunter2' }, key, 'authentication'),
    ];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64').toString('latin1')).not.toContain('hunter2');
  });

  it('opens with no other key and not after a change of any byte', () => {
    const sealed = sealSecrets({ password: 'hunter2' }, key, 'authentication');
    expect(() => openSecrets(sealed, `${key}!`)).toThrow('is not the one');
    expect(() => openSecrets(sealed, undefined)).toThrow('ENCRYPTION_KEY is not set');
    const bytes = Buffer.from(sealed, 'base64');
    bytes.forEach((byte, i) => {
      const changed = Buffer.from(bytes);
      changed[i] = byte ^ 1;
      expect(() => openSecrets(changed.toString('base64'), key)).toThrow('cannot be read');
    });
  });

  it('stores nothing without a key', () => {
    expect(() => sealSecrets({ password: 'hunter2' }, undefined, 'authentication')).toThrow('no ENCRYPTION_KEY');
  });
});
