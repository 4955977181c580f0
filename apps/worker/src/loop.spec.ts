import { setImmediate } from 'node:timers/promises';
import { Loop } from './loop.js';

const never = () => new Promise<boolean>(() => undefined);

describe('a loop', () => {
  it('is not stuck before it begins, nor while it comes round', async () => {
    const loop = new Loop(1_000, () => Promise.resolve(false), fail);
    expect(loop.isStuck(-1_000_000)).toBe(false);
    loop.start();
    await setImmediate();
    expect(loop.isStuck(1_000)).toBe(false);
    await loop.stop();
  });

  it('is stuck when its task does not come back for longer than its interval and the grace', () => {
    const loop = new Loop(10, never, fail);
    loop.start();
    expect([loop.isStuck(60_000), loop.isStuck(-60_000)]).toEqual([false, true]);
  });

  it('comes round when its task fails', async () => {
    const errors: unknown[] = [];
    const loop = new Loop(
      60_000,
      () => Promise.reject(new Error('no')),
      (error) => errors.push(error),
    );
    loop.start();
    await loop.stop();
    expect(errors).toHaveLength(1);
    expect(loop.isStuck(0)).toBe(false);
  });
});

function fail(error: unknown): void {
  throw error;
}
