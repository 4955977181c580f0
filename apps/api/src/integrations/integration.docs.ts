import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const integration = {
  reference: 'system-mail',
  name: 'System mail',
  type: 'EMAIL_PROVIDER',
  status: 'ACTIVE',
  email_provider: { variant: 'SYSTEM' },
};

export const integrationDocs: Chapter = {
  tag: 'integrations',
  about: 'Other systems that are used, above all the mail servers through which mails leave.',
  noun: 'integration',
  example: resource('INTEGRATION', EXAMPLE_IDS.integration, integration),
  operations: {
    'GET /v1/integrations': {
      summary: 'List integrations',
      text: 'Pages of integrations, newest first unless ordered otherwise. Secrets are never answered.',
    },
    'POST /v1/integrations': {
      summary: 'Create an integration',
      text: 'The variant SYSTEM sends through the mail server of this installation and may be ACTIVE at once. SMTP sends through one of yours: state `smtp` and `authentication`, then activate it.',
      body: integration,
      differs: 'The types other than EMAIL_PROVIDER are kept and cannot be activated.',
    },
    'POST /v1/integrations/test-connection': {
      summary: 'Try a connection',
      text: 'Connects, logs in, and sends nothing. 200 also when it fails: `successful` and `message` say how it went.',
      body: {},
      answer: { successful: false, message: 'The mail server refused the username or the password.' },
      also: [404],
      differs: 'EMAIL_PROVIDER only, since nothing else is connected to here.',
    },
    'GET /v1/integrations/{resourceId}': {
      summary: 'Read an integration',
      text: 'One integration, without its secrets.',
    },
    'PATCH /v1/integrations/{resourceId}': {
      summary: 'Change an integration',
      text: 'What the body leaves out stays, secrets too. A secret that is sent replaces the stored one.',
      body: { description: 'Mail server of this installation' },
    },
    'DELETE /v1/integrations/{resourceId}': {
      summary: 'Delete an integration',
      text: 'Only while no workflow action uses it; else 400. Its secrets are erased.',
    },
    'POST /v1/integrations/{resourceId}/activate': {
      summary: 'Activate an integration',
      text: 'Tries the connection first. When that fails the status is ERROR and `message` says why.',
    },
    'POST /v1/integrations/{resourceId}/deprecate': {
      summary: 'Deprecate an integration',
      text: 'Sets DEPRECATED: nothing is sent through it any more.',
    },
    'POST /v1/integrations/{resourceId}/archive': {
      summary: 'Archive an integration',
      text: 'Sets ARCHIVED, for good.',
    },
  },
};
