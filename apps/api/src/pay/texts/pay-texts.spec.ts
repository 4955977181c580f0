import { languageFor } from '#documents/labels/languages';
import { chooseLanguage } from '#templates/language-choice';
import { payTextsFor } from './pay-texts.js';

const SHIPPED = ['invoice-final', 'invoice-final.en', 'invoice-final.nl', 'invoice-final.de'];
const mailFor = (locale: string) =>
  chooseLanguage('invoice-final', [locale], (candidate) =>
    SHIPPED.includes(candidate) ? { language: candidate.split('.')[1] ?? 'en' } : undefined,
  )?.locale;

describe('pay page, mail and document', () => {
  it.each(['nl-BE', 'de-CH', 'en-US', 'en-ZA', 'de_AT', 'zh-TW', 'th-TH'])(
    'write the numbers and dates of a reader of %s alike, having one language for him',
    (locale) => {
      const written = payTextsFor(locale).formatLocale;
      expect([mailFor(locale), languageFor(locale).locale]).toEqual([written, written]);
    },
  );

  it('write each those of its own language, when only the document has his', () => {
    expect([payTextsFor('pl-PL').formatLocale, mailFor('pl-PL'), languageFor('pl-PL').locale]).toEqual([
      'en-GB',
      'en-GB',
      'pl-PL',
    ]);
  });
});
