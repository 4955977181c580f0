import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const portalUrl = {
  type: 'PAY_INVOICE',
  expiry_period: { type: 'MONTH', value: 3 },
  invoice: { id: EXAMPLE_IDS.invoice, options: { download_invoice: true, pay_open_invoice: true } },
};

export const portalUrlDocs: Chapter = {
  tag: 'portalUrls',
  about: 'Pages for customers: one invoice and how to pay it, or all that is theirs.',
  noun: 'portal URL',
  example: resource('PORTAL_URL', EXAMPLE_IDS.portalUrl, {
    ...portalUrl,
    customer_id: EXAMPLE_IDS.customer,
    status: 'PUBLISHED',
    expires_at: '2026-05-01T09:30:00Z',
    token: 'U1lOVEhFVElDLUVYQU1QTEU=',
    url: 'https://billing.example.com/pay/U1lOVEhFVElDLUVYQU1QTEU=',
  }),
  operations: {
    'GET /v1/portal-urls': {
      summary: 'List portal URLs',
      text: 'Pages of portal URLs, newest first unless ordered otherwise. Whoever has a `token` may open its page.',
      also: [409],
    },
    'POST /v1/portal-urls': {
      summary: 'Create a portal URL',
      text: 'Makes a page for one invoice or one customer. Without an expiry it is good until it is revoked.',
      body: portalUrl,
      differs: 'QUOTE_VERSION and INIT_PRICING_PLAN_SUBSCRIPTION are refused (400): there are no quotes here.',
    },
    'GET /v1/portal-urls/{resourceId}': { summary: 'Read a portal URL', text: 'One portal URL with its token.' },
    'PATCH /v1/portal-urls/{resourceId}': {
      summary: 'Change a portal URL',
      text: 'What the body leaves out stays. Address and token never change.',
      body: { expires_at: '2036-12-31T23:59:59Z' },
    },
    'POST /v1/portal-urls/{resourceId}/revoke': {
      summary: 'Revoke a portal URL',
      text: 'Sets REVOKED, for good: the page closes, and with it the access tokens that were made from its token.',
    },
  },
};
