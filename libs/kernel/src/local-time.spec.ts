import { calendarDays } from './local-time.js';

describe('calendar days', () => {
  it('are counted by the calendar of the zone', () => {
    const [from, to] = [new Date('2026-03-28T23:30:00Z'), new Date('2026-03-29T21:30:00Z')];
    expect(calendarDays(from, to, 'Europe/Amsterdam')).toBe(0);
    expect(calendarDays(from, to, 'UTC')).toBe(1);
    expect(calendarDays(to, from, 'UTC')).toBe(-1);
  });

  it('are counted to years of fewer or more than four digits', () => {
    const from = new Date('2026-01-01T12:00:00Z');
    const days = (to: string) => calendarDays(from, new Date(to), 'UTC');
    expect([days('+012026-01-01T12:00:00Z'), days('0026-01-01T12:00:00Z')]).toEqual([3_652_425, -730_485]);
  });
});
