import { MailRenderer } from './render-mail.js';
import { sampleVariables } from './sample-variables.js';
import { ShippedTemplates } from './shipped-templates.js';

const templates = new ShippedTemplates();
const renderer = new MailRenderer(templates);

function mail(locale: string, facts: object = {}) {
  const sample = { ...(templates.sample('wallet-balance') as object), ...facts };
  return renderer.render({
    templateName: 'wallet-balance',
    locale,
    platformLocale: null,
    zone: 'Europe/Amsterdam',
    subject: null,
    variables: (format) => sampleVariables(sample, format),
  });
}

const CREDITS = { wallet_holds_credits: true, wallet_balance: '40', wallet_threshold: '100' };

describe('the mail about a wallet', () => {
  it.each([
    ['en-GB', 'Your credit with Noordzee Energie B.V. is running low', 'is €18.40, which is less than €25.00'],
    ['nl-NL', 'Uw tegoed bij Noordzee Energie B.V. raakt op', 'is € 18,40, minder dan € 25,00'],
    ['de-DE', 'Ihr Guthaben bei Noordzee Energie B.V. geht zur Neige', 'beträgt 18,40 € und liegt damit unter 25,00 €'],
  ])('says in %s how much is left', async (locale, subject, sentence) => {
    const { html, text, ...made } = await mail(locale);
    expect(made.subject).toBe(subject);
    for (const part of [html, text]) expect(part.replaceAll(/\s+/g, ' ')).toContain(sentence);
    expect(html).not.toMatch(/<img|<link|url\(|\{\{|undefined|\bnull\b/);
  });

  it.each(['en', 'nl', 'de'])('counts credits as credits (%s)', async (locale) => {
    const { text } = await mail(locale, CREDITS);
    expect(text).toMatch(/40 credits/i);
  });

  it('says that nothing is left', async () => {
    const { subject, text } = await mail('en', { wallet_is_empty: true });
    expect(subject).toBe('Your credit with Noordzee Energie B.V. is used up');
    expect(text).toContain('There is no credit left');
  });

  it('does not warn about a wallet that is not low', async () => {
    const { subject, text } = await mail('en', { wallet_is_low: false, wallet_threshold: null });
    expect(subject).toBe('Your credit with Noordzee Energie B.V.');
    expect(text).not.toMatch(/low|top it up|tell you|null/);
  });
});
