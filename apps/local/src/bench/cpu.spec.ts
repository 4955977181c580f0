import { cpuOf, parseStat } from './cpu.js';

describe('parseStat', () => {
  it('finds parent and times behind a name with brackets and blanks', () => {
    const text = '42 (post) gres: x) S 7 42 42 0 -1 4194560 1 2 3 4 150 50 30 20 20 0 1 0 99 1000 10';
    expect(parseStat(text)).toEqual({ parent: 7, own: 2000, endedChildren: 500 });
  });
});

describe('cpuOf', () => {
  it('says nothing of a process that has ended', async () => {
    expect(await cpuOf(2 ** 30)).toBeNull();
  });
});
