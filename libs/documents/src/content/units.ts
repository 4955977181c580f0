import { isQuantity } from '#kernel/amount';
import { type Labels } from '../labels/labels.js';
import { numberFormat } from './number-formats.js';

/* UN/ECE Recommendation 20 (and 21) codes that `Intl` can write in every language, singular and plural. */
const SPELLED: Record<string, { unit: string; display: 'long' | 'short' }> = {
  SEC: { unit: 'second', display: 'short' },
  MIN: { unit: 'minute', display: 'short' },
  HUR: { unit: 'hour', display: 'long' },
  H: { unit: 'hour', display: 'long' },
  DAY: { unit: 'day', display: 'long' },
  WEE: { unit: 'week', display: 'long' },
  MON: { unit: 'month', display: 'long' },
  ANN: { unit: 'year', display: 'long' },
  GRM: { unit: 'gram', display: 'short' },
  KGM: { unit: 'kilogram', display: 'short' },
  LBR: { unit: 'pound', display: 'short' },
  ONZ: { unit: 'ounce', display: 'short' },
  MLT: { unit: 'milliliter', display: 'short' },
  LTR: { unit: 'liter', display: 'short' },
  GLL: { unit: 'gallon', display: 'short' },
  MMT: { unit: 'millimeter', display: 'short' },
  CMT: { unit: 'centimeter', display: 'short' },
  MTR: { unit: 'meter', display: 'short' },
  KMT: { unit: 'kilometer', display: 'short' },
  KTM: { unit: 'kilometer', display: 'short' },
  INH: { unit: 'inch', display: 'short' },
  FOT: { unit: 'foot', display: 'short' },
  SMI: { unit: 'mile', display: 'short' },
  HAR: { unit: 'hectare', display: 'short' },
  AD: { unit: 'byte', display: 'short' },
  '2P': { unit: 'kilobyte', display: 'short' },
  '4L': { unit: 'megabyte', display: 'short' },
  E34: { unit: 'gigabyte', display: 'short' },
  E35: { unit: 'terabyte', display: 'short' },
};

/* Symbols that are the same everywhere. */
const SYMBOLS: Record<string, string> = {
  MTK: 'm²',
  CMK: 'cm²',
  KMK: 'km²',
  FTK: 'ft²',
  MTQ: 'm³',
  DMQ: 'dm³',
  CMQ: 'cm³',
  TNE: 't',
  HLT: 'hl',
  CLT: 'cl',
  DTN: 'dt',
  MGM: 'mg',
  WTT: 'W',
  KWT: 'kW',
  MAW: 'MW',
  KWH: 'kWh',
  MWH: 'MWh',
  WHR: 'Wh',
  AMP: 'A',
  VLT: 'V',
  HTZ: 'Hz',
  JOU: 'J',
  KJO: 'kJ',
  GV: 'GJ',
  P1: '%',
  CEL: '°C',
};

/* Countable things; Recommendation 21's packages are not among them, their code tells more. */
const PIECES = new Set(['H87', 'EA', 'PCE', 'NAR', 'NMP', 'PCS']);
/* "One" and "as agreed": a number without a unit. */
const NO_UNIT = new Set(['C62', 'ZZ', 'NIU', '1', '']);

/**
 * A quantity with its unit, `2 Stunden`, `10,5 kWh`, `3 st.`.
 * @param number as stated; @param written the same as the language writes it.
 * @param code Recommendation 20, or whatever the document states: then it is printed as it is.
 */
export function quantityWithUnit(
  number: string,
  written: string,
  code: string,
  locale: string,
  labels: Labels,
): string {
  const known = code.trim().toUpperCase();
  if (NO_UNIT.has(known)) return written;
  if (PIECES.has(known)) return `${written} ${labels.pieces}`;
  const symbol = SYMBOLS[known];
  if (symbol !== undefined) return `${written} ${symbol}`;
  const spelled = SPELLED[known];
  return spelled && isQuantity(number) ? inWords(number, written, spelled, locale) : `${written} ${code.trim()}`;
}

function inWords(
  number: string,
  written: string,
  { unit, display }: { unit: string; display: 'long' | 'short' },
  locale: string,
): string {
  const format = numberFormat(locale, { style: 'unit', unit, unitDisplay: display, maximumFractionDigits: 10 });
  const text = format.format(number as Intl.StringNumericLiteral);
  if (text.includes(written)) return text;
  // Arabic says "a year" and "two years" in one word without a figure; in a column of figures the figure must stand.
  const parts = format.formatToParts(100).filter(({ type }) => type === 'unit');
  return `${written} ${parts.map(({ value }) => value).join(' ')}`;
}
