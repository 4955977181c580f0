import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const customer = {
  reference: 'harbour-coffee',
  type: 'ORGANIZATION',
  status: 'ACTIVE',
  email: 'finance@harbour-coffee.example',
  locale: 'en-GB',
  timezone: 'Europe/London',
  organization: {
    legal_name: 'Harbour Coffee Roasters Ltd',
    tax_id: 'GB123456789',
    registered_address: { line1: '14 Quayside', city: 'Bristol', postal_code: 'BS1 4RN', country: 'GB' },
  },
};

export const customerDocs: Chapter = {
  tag: 'customers',
  about: 'Who is billed. Mails go to the address of the customer.',
  noun: 'customer',
  example: resource('CUSTOMER', EXAMPLE_IDS.customer, customer),
  operations: {
    'GET /v1/customers': {
      summary: 'List customers',
      text: 'Pages of customers, newest first unless ordered otherwise.',
    },
    'POST /v1/customers': {
      summary: 'Create a customer',
      text: 'Only `type` is required. Without an `email` the customer gets no mail.',
      body: customer,
    },
    'PUT /v1/customers': {
      summary: 'Create or update a customer',
      text: 'Updates the customer with this id or reference, or creates it. The same body twice changes nothing.',
      body: { ...customer, reference: 'lighthouse-books', email: 'books@lighthouse.example' },
      differs: 'Finds by id or reference; `custom_field_reference` and `field_actions` are refused (400).',
    },
    'POST /v1/customers/search': {
      summary: 'Search customers',
      text: 'All parts of the body must hold. An empty body finds everything; a field that is not known is refused.',
      body: {
        search_fields: [
          { name: 'email', value: 'HARBOUR', wildcard_start: true, wildcard_end: true, ignore_case: true },
        ],
      },
      differs: 'Newest first by default: not every resource has a name to order by.',
    },
    'GET /v1/customers/{resourceIdOrReference}': { summary: 'Read a customer', text: 'One customer.' },
    'PATCH /v1/customers/{resourceIdOrReference}': {
      summary: 'Change a customer',
      text: 'What the body leaves out stays, null clears a field, objects are merged and lists replaced. Mails that are not sent yet follow the change.',
      body: { locale: 'nl-NL', organization: { registered_address: { line1: '15 Quayside' } } },
    },
    'DELETE /v1/customers/{resourceIdOrReference}': {
      summary: 'Delete a customer',
      text: 'Only while nothing refers to him, as an invoice, a wallet or a contact; else 400. Answers the customer as he was.',
    },
    'POST /v1/customers/{resourceIdOrReference}/activate': {
      summary: 'Activate a customer',
      text: 'Sets ACTIVE: mails are sent from now on. Doing it twice changes nothing.',
    },
    'POST /v1/customers/{resourceIdOrReference}/deprecate': {
      summary: 'Deprecate a customer',
      text: 'Sets DEPRECATED: he still gets mail, and is no longer meant to be billed anew.',
    },
    'POST /v1/customers/{resourceIdOrReference}/archive': {
      summary: 'Archive a customer',
      text: 'Sets ARCHIVED, for good: no mail any more.',
    },
    'POST /v1/customers/{resourceIdOrReference}/forget': {
      summary: 'Erase what is personal',
      text: 'Erases names and addresses of the customer and his contacts, also in mails that were sent and in copies of him. What was counted stays counted. It cannot be undone.',
    },
  },
};
