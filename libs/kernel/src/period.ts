/** A distance in calendar units, as the contract writes it. */
export interface Period {
  type: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';
  value: number;
}

/** Equal for periods that mean the same: `7 DAY` and `1 WEEK` are both `7 DAY`, `1 YEAR` is `12 MONTH` (e.26). */
export function periodKey({ type, value }: Period): string {
  switch (type) {
    case 'DAY':
      return `${value} DAY`;
    case 'WEEK':
      return `${value * 7} DAY`;
    case 'MONTH':
      return `${value} MONTH`;
    case 'YEAR':
      return `${value * 12} MONTH`;
  }
}

/** The period that a key stands for. */
export function periodOfKey(key: string): Period {
  const [value, type] = key.split(' ');
  return { type: type as Period['type'], value: Number(value) };
}
