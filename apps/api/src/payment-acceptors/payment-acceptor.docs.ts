import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const paymentAcceptor = {
  reference: 'bank-nl',
  name: 'Bank account in the Netherlands',
  type: 'BANK_ACCOUNT',
  status: 'ACTIVE',
  bank_account: { type: 'IBAN', iban: 'NL91ABNA0417164300', bic: 'ABNANL2A', bank_name: 'ABN AMRO' },
};

export const paymentAcceptorDocs: Chapter = {
  tag: 'paymentAcceptors',
  about: 'Ways in which customers pay. The pay page offers the ACTIVE ones.',
  noun: 'payment acceptor',
  example: resource('PAYMENT_ACCEPTOR', EXAMPLE_IDS.paymentAcceptor, paymentAcceptor),
  operations: {
    'GET /v1/payment-acceptors': {
      summary: 'List payment acceptors',
      text: 'Pages of payment acceptors, newest first unless ordered otherwise.',
    },
    'POST /v1/payment-acceptors': {
      summary: 'Create a payment acceptor',
      text: 'State the block of its type. A CUSTOM_REDIRECT leads to a page of yours.',
      body: paymentAcceptor,
      differs: 'A PAYMENT_GATEWAY is kept; nothing is charged here.',
    },
    'GET /v1/payment-acceptors/{resourceId}': { summary: 'Read a payment acceptor', text: 'One payment acceptor.' },
    'PATCH /v1/payment-acceptors/{resourceId}': {
      summary: 'Change a payment acceptor',
      text: 'What the body leaves out stays, null clears a field, objects are merged.',
      body: { description: 'For customers inside SEPA' },
    },
    'DELETE /v1/payment-acceptors/{resourceId}': {
      summary: 'Delete a payment acceptor',
      text: 'Answers it as it was. The pay page offers it no more.',
    },
  },
};
