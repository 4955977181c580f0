import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const billingEntity = {
  reference: 'noorderlicht',
  legal_name: 'Noorderlicht Software B.V.',
  tax_id: 'NL001234567B01',
  registration_number: '34567890',
  email: 'billing@noorderlicht.example',
  timezone: 'Europe/Amsterdam',
  registered_address: { line1: 'Herengracht 182', city: 'Amsterdam', postal_code: '1016 BR', country: 'NL' },
};

export const billingEntityDocs: Chapter = {
  tag: 'billingEntities',
  about: 'Who bills: the companies in whose names invoices and mails are made.',
  noun: 'billing entity',
  example: resource('BILLING_ENTITY', EXAMPLE_IDS.billingEntity, { ...billingEntity, status: 'ACTIVE' }),
  operations: {
    'GET /v1/billing-entities': {
      summary: 'List billing entities',
      text: 'Pages of billing entities, newest first unless ordered otherwise.',
    },
    'POST /v1/billing-entities': {
      summary: 'Create a billing entity',
      text: 'The reference must be free.',
      body: billingEntity,
    },
    'PUT /v1/billing-entities': {
      summary: 'Create or update a billing entity',
      text: 'Updates the one with this id or reference, or creates it. The same body twice changes nothing.',
      body: { ...billingEntity, reference: 'noorderlicht-uk', legal_name: 'Noorderlicht Software Ltd' },
      differs: 'Finds by id or reference; `custom_field_reference` and `field_actions` are refused (400).',
    },
    'GET /v1/billing-entities/{resourceIdOrReference}': {
      summary: 'Read a billing entity',
      text: 'One billing entity.',
    },
    'PATCH /v1/billing-entities/{resourceIdOrReference}': {
      summary: 'Change a billing entity',
      text: 'What the body leaves out stays, null clears a field, objects are merged and lists replaced.',
      body: { email: 'invoices@noorderlicht.example' },
    },
  },
};
