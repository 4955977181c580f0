import { hashPassword, isPassword } from './password.js';

describe('a password', () => {
  it('is recognised, and no other is', async () => {
    const stored = await hashPassword('Correct horse 1');
    expect(stored).not.toContain('horse');
    expect(await isPassword('Correct horse 1', stored)).toBe(true);
    expect(await isPassword('correct horse 1', stored)).toBe(false);
  });

  it('is stored differently each time', async () => {
    expect(await hashPassword('Same 1234')).not.toBe(await hashPassword('Same 1234'));
  });

  it('is the same however the keyboard composes its letters', async () => {
    expect(await isPassword('Cafe\u0301 1234', await hashPassword('Café 1234'))).toBe(true);
  });

  it('of nobody is never right', async () => {
    expect(await isPassword('', null)).toBe(false);
  });
});
