import { type Labels } from '../labels/labels.js';
import { type StatedExchangeRate } from '../printable-invoice.js';
import { type Figures } from './figures.js';
import { isolated, isPrinted, printed, type Printed } from './printed.js';

/** `Exchange rate: 1 USD = 0.9213 EUR · 30 January 2025 · ECB`; null unless both currencies and the rate are stated. */
export function exchangeRate(
  stated: StatedExchangeRate | null | undefined,
  field: string,
  labels: Labels,
  figures: Figures,
): Printed | null {
  if (!stated) return null;
  const from = printed(stated.base_currency, field);
  const to = printed(stated.currency, field);
  const rate = figures.number(stated.rate, field);
  const one = figures.number('1', field);
  if (!from || !to || !rate || !one) return null;
  const more = [figures.date(stated.rate_timestamp, field), printed(stated.source, `${field}.source`)];
  const equation = isolated(`${one.text} ${from.text} = ${rate.text} ${to.text}`);
  const parts = [equation, ...more.filter(isPrinted).map(({ text }) => text)];
  return { text: `${labels.exchangeRate}: ${parts.join(' · ')}`, field };
}
