import { parseQueryString } from './query-string.js';

describe('parseQueryString', () => {
  it.each([
    ['', {}],
    ['page=2&limit=', { page: '2', limit: '' }],
    ['statuses[]=A', { 'statuses[]': ['A'] }],
    ['statuses%5B%5D=A&statuses[]=B', { 'statuses[]': ['A', 'B'] }],
    ['page=1&page=2', { page: ['1', '2'] }],
    ['a=%zz&b=c+d', { a: '%zz', b: 'c d' }],
  ])('reads %s', (text, values) => {
    expect(parseQueryString(text)).toEqual(values);
  });

  it('takes __proto__ for a name like any other', () => {
    expect(Object.keys(parseQueryString('__proto__=x'))).toEqual(['__proto__']);
  });
});
