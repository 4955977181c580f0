import { DomainError } from '#kernel/errors';
import { smtpCredentialsFromUrl, tlsRequired } from './smtp-credentials.js';

describe('smtpCredentialsFromUrl', () => {
  it('reads host, port, user and password', () => {
    expect(smtpCredentialsFromUrl('smtp://ada%40acme:p%2Fw%25@mail.example:2525')).toEqual({
      host: 'mail.example',
      port: 2525,
      secure: false,
      username: 'ada@acme',
      password: 'p/w%',
    });
  });

  it.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, secure: false }],
    ['smtps://mail.example', { host: 'mail.example', port: 465, secure: true }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, secure: false }],
    ['smtp://bücher.example', { host: 'bücher.example', port: 587, secure: false }],
    [
      'smtp://mail.example?requireTls=true&allowInvalidCertificate=false',
      { host: 'mail.example', port: 587, secure: false, requireTls: true, allowInvalidCertificate: false },
    ],
  ])('reads %s', (url, credentials) => expect(smtpCredentialsFromUrl(url)).toEqual(credentials));

  it.each([
    'mail.example:25',
    'http://u:s3cret@mail.example',
    'smtp://u:s3cret@mail.example/path',
    'smtp://u:s3cret%@mail.example',
    'smtp://u:s3cret@mail.example:99999',
    'smtp://u:s3cret@mail.example?tls=yes',
    'smtp://u:s3cret@mail.example?requireTls=1',
    'smtp://u:s3cret@',
  ])('refuses %s without repeating the password', (url) => {
    const refused = (): unknown => smtpCredentialsFromUrl(url);
    expect(refused).toThrow(DomainError);
    expect(refused).toThrow(/^The SMTP URL cannot be used\. (?!.*s3cret)/);
  });
});

describe('tlsRequired', () => {
  it.each([
    ['smtp://mail.example', false],
    ['smtp://u:p@mail.example', true],
    ['smtp://u:p@127.0.0.1', false],
    ['smtp://u:p@localhost:1025', false],
    ['smtp://u:p@mail.example?requireTls=false', false],
    ['smtp://mail.example?requireTls=true', true],
  ])('for %s is %s', (url, required) => expect(tlsRequired(smtpCredentialsFromUrl(url))).toBe(required));
});
