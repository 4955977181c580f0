import { chooseLanguage, direction } from './language-choice.js';

const SHIPPED = ['invoice-final', 'invoice-final.en', 'invoice-final.nl', 'invoice-final.de', 'invoice-final.pt-BR'];

function choice(customer: string | null, platform: string | null = null, candidates = SHIPPED) {
  const chosen = chooseLanguage('invoice-final', [customer, platform], (candidate) =>
    candidates.includes(candidate) ? { language: candidate.split('.')[1] ?? 'en' } : undefined,
  );
  return chosen && [chosen.candidate, chosen.locale, chosen.usedFallback ? 'fallback' : 'as asked'];
}

describe('chooseLanguage', () => {
  it.each([
    ['nl-NL', null, ['invoice-final.nl', 'nl-NL', 'as asked']],
    ['nl-BE', null, ['invoice-final.nl', 'nl-BE', 'as asked']],
    ['de-CH', null, ['invoice-final.de', 'de-CH', 'as asked']],
    ['de', null, ['invoice-final.de', 'de', 'as asked']],
    ['en-GB', null, ['invoice-final.en', 'en-GB', 'as asked']],
    ['pt-BR', null, ['invoice-final.pt-BR', 'pt-BR', 'as asked']],
    ['sv-SE', null, ['invoice-final', 'en-GB', 'fallback']],
    ['pt-PT', null, ['invoice-final', 'en-GB', 'fallback']],
    ['sv', null, ['invoice-final', 'en-GB', 'fallback']],
    ['sv-SE', 'nl-NL', ['invoice-final', 'en-GB', 'fallback']],
    [null, 'nl-NL', ['invoice-final.nl', 'nl-NL', 'as asked']],
    [null, null, ['invoice-final', 'en', 'as asked']],
    ['nl_NL', null, ['invoice-final.nl', 'nl-NL', 'as asked']],
    ['NL-nl', null, ['invoice-final.nl', 'nl-NL', 'as asked']],
    ['de-DE-u-nu-arab', null, ['invoice-final.de', 'de-DE', 'as asked']],
    ['no language at all!', 'nl-NL', ['invoice-final.nl', 'nl-NL', 'as asked']],
    ['', null, ['invoice-final', 'en', 'as asked']],
    ['../../etc/passwd', null, ['invoice-final', 'en', 'as asked']],
  ])('serves %s (platform %s)', (customer, platform, expected) => {
    expect(choice(customer, platform)).toEqual(expected);
  });

  it('finds nothing when there is no base', () => {
    expect(choice('sv-SE', null, ['invoice-final.nl'])).toBeUndefined();
  });
});

describe('direction', () => {
  it.each([
    ['nl', 'ltr'],
    ['ar', 'rtl'],
    ['he', 'rtl'],
    ['fa-IR', 'rtl'],
    ['ja', 'ltr'],
  ])('%s is read %s', (language, expected) => {
    expect(direction(language)).toBe(expected);
  });
});
