import { withoutSecrets } from './shown-once.js';

it('keeps an answer without what it shows once, at any depth (e.14)', () => {
  const answer = { id: 'apik_1', api_key: 'sk_1', webhooks: [{ secret_key: 's', url: 'https://a.example' }] };
  expect(JSON.parse(withoutSecrets(answer))).toEqual({ id: 'apik_1', webhooks: [{ url: 'https://a.example' }] });
});
