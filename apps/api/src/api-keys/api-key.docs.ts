import { type Chapter, EXAMPLE_IDS, resource } from '../documentation/chapter.js';

const key = { description: 'Reporting', role_type: 'READ_ONLY' };
const apiKey = resource('API_KEY', EXAMPLE_IDS.apiKey, {
  ...key,
  entity_id: EXAMPLE_IDS.platform,
  active: true,
  status: 'ACTIVE',
});

export const apiKeyDocs: Chapter = {
  tag: 'apikeys',
  about: 'Keys for programs. A key belongs to one platform and is shown once.',
  noun: 'API key',
  example: apiKey,
  operations: {
    'GET /v1/api-keys': { summary: 'List API keys', text: 'Pages of keys, newest first, without the keys themselves.' },
    'POST /v1/api-keys': {
      summary: 'Create an API key',
      text: 'Answers the key in `api_key` this once. By default it may do everything; state `role_type` or memberships for less.',
      body: key,
      answer: { ...apiKey, api_key: 'sk_live_shown_this_once_0123456789' },
    },
    'POST /v1/api-keys/search': {
      summary: 'Find one API key',
      text: 'Answers one key, not a list: by its id, or by its description. None: 404.',
      body: { username: 'Reporting' },
    },
    'GET /v1/api-keys/{resourceId}': { summary: 'Read an API key', text: 'One key, without the key itself.' },
    'PATCH /v1/api-keys/{resourceId}': {
      summary: 'Change an API key',
      text: 'What the body leaves out stays. `active: false` takes effect at once and can be undone.',
      body: { active: false },
    },
  },
};
