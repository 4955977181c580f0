import { Gathered } from './gathered.js';

const letters = (run: (items: string[]) => Promise<string[]>) => new Gathered<string, string>((item) => item, run);

describe('Gathered', () => {
  it('does what came while it was busy together, in one order, and answers each his own', async () => {
    const runs: string[][] = [];
    const gathered = letters((items) => {
      runs.push(items);
      return Promise.resolve(items.map((item) => item.toUpperCase()));
    });
    expect(await Promise.all(['c', 'b', 'd', 'a'].map((item) => gathered.do(item)))).toEqual(['C', 'B', 'D', 'A']);
    expect(runs).toEqual([['c'], ['a', 'b', 'd']]);
  });

  it('does those alone that came with one that is refused', async () => {
    const gathered = letters((items) =>
      items.includes('bad') ? Promise.reject(new Error('refused')) : Promise.resolve(items),
    );
    const answers = await Promise.allSettled(['first', 'good', 'bad', 'better'].map((item) => gathered.do(item)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('takes no more than fifty at once', async () => {
    const sizes: number[] = [];
    const gathered = letters((items) => {
      sizes.push(items.length);
      return Promise.resolve(items);
    });
    await Promise.all(Array.from({ length: 120 }, (_, i) => gathered.do(String(i))));
    expect(sizes).toEqual([1, 50, 50, 19]);
  });
});
