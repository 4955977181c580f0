import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const contact = {
  reference: 'ada-lovelace',
  customer_id: EXAMPLE_IDS.customer,
  name: { first_name: 'Ada', last_name: 'Lovelace' },
  email: 'ada@harbour-coffee.example',
  notification_preferences: [{ type: 'INVOICE', channels: [{ type: 'EMAIL', enabled: true }] }],
};

export const contactDocs: Chapter = {
  tag: 'contacts',
  about: 'People at a customer. They get copies of mails where an action includes contacts.',
  noun: 'contact',
  example: resource('CONTACT', EXAMPLE_IDS.contact, contact),
  operations: {
    'GET /v1/contacts': { summary: 'List contacts', text: 'Pages of contacts, newest first unless ordered otherwise.' },
    'POST /v1/contacts': {
      summary: 'Create a contact',
      text: 'Adds a person to one customer. The reference must be free.',
      body: contact,
    },
    'PUT /v1/contacts': {
      summary: 'Create or update a contact',
      text: 'Updates the contact with this id or reference, or creates it. The same body twice changes nothing.',
      body: { ...contact, reference: 'grace-hopper', name: { first_name: 'Grace', last_name: 'Hopper' } },
      differs: 'Finds by id or reference; `custom_field_reference` and `field_actions` are refused (400).',
    },
    'GET /v1/contacts/{resourceId}': { summary: 'Read a contact', text: 'One contact.' },
    'PATCH /v1/contacts/{resourceId}': {
      summary: 'Change a contact',
      text: 'What the body leaves out stays, null clears a field, lists are replaced.',
      body: { email: 'ada.lovelace@harbour-coffee.example' },
    },
    'DELETE /v1/contacts/{resourceId}': {
      summary: 'Delete a contact',
      text: 'Answers the contact as it was. Its reference is free again.',
    },
  },
};
