import { type Chapter } from '../documentation/chapter.js';

const token = {
  issued_at: '2026-02-01T09:30:00Z',
  access_token: 'eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl',
  expires_in: 3600,
  expires_at: '2026-02-01T10:30:00Z',
  token_type: 'Bearer',
};

export const oauthDocs: Chapter = {
  tag: 'authentication',
  about: 'Access tokens for people, and for the pages of portal URLs.',
  noun: 'token',
  operations: {
    'POST /v1/oauth/token': {
      summary: 'Get an access token',
      text: 'For a username with its password, or for the `token` of a portal URL as `token_alias`. After several wrong passwords the username has to wait.',
      body: { username: 'ada@example.com', password: 'correct-horse-Battery-9' },
      answer: token,
      also: [403],
    },
    'POST /v1/oauth/refresh-token': {
      summary: 'Get a new access token for an old one',
      text: 'Send the token that has not ended as `Authorization: Bearer`; there is no body. A login is good for 12 hours, a portal URL until it ends.',
      answer: token,
    },
  },
};
