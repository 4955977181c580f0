import { median, medianOfMeasured, quantile } from './statistics.js';

describe('quantile', () => {
  it('is a value that occurs, whatever the order', () => {
    const values = [5, 1, 4, 2, 3, 10, 9, 8, 7, 6];
    expect(quantile(values, 0.5)).toBe(5);
    expect(quantile(values, 0.95)).toBe(10);
    expect(quantile(values, 0)).toBe(1);
    expect(values[0]).toBe(5);
  });

  it('says so when there is nothing to measure', () => {
    expect(() => median([])).toThrow('no value');
    expect(medianOfMeasured([null, null])).toBeNull();
  });

  it('leaves out what was not measured', () => {
    expect(medianOfMeasured([null, 7, 3, null, 4])).toBe(4);
  });
});
