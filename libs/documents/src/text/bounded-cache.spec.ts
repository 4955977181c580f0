import { BoundedCache } from './bounded-cache.js';

describe('BoundedCache', () => {
  it('forgets what was not asked for while newer values filled it', () => {
    const cache = new BoundedCache<number>(10);
    for (let i = 0; i < 100; i++) cache.set(`k${i}`, i, 2);
    expect(cache.get('k0')).toBeUndefined();
    expect(cache.get('k99')).toBe(99);
  });

  it('keeps what is used all the time', () => {
    const cache = new BoundedCache<number>(10);
    cache.set('hot', 1, 3);
    for (let i = 0; i < 100; i++) {
      expect(cache.get('hot')).toBe(1);
      cache.set(`k${i}`, i, 2);
    }
  });
});
