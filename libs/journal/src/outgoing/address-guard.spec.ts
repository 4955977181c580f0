import { isPublicAddress, urlProblem } from './address-guard.js';

const closed = { allowPrivateAddresses: false };
const open = { allowPrivateAddresses: true };

describe('urlProblem (e.75)', () => {
  it.each([
    'http://127.0.0.1/hook',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]:8080/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://100.64.0.1/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://api.localhost/',
    'http://intranet/',
    'http://metadata.google.internal/',
  ])('refuses %s', (url) => {
    expect(urlProblem(url, closed)).toMatch(/^url leads to/);
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'example.com', '', 'https://user:pass@example.com/'])(
    'refuses %s wherever private addresses are allowed',
    (url) => {
      expect(urlProblem(url, open)).toMatch(/^url must/);
    },
  );

  it.each(['https://example.com/hook', 'http://93.184.216.34:8443/hook', 'https://[2606:4700::1111]/'])(
    'has nothing against %s',
    (url) => {
      expect(urlProblem(url, closed)).toBeNull();
    },
  );

  it('has nothing against private addresses where they are allowed', () => {
    expect(urlProblem('http://127.0.0.1:8080/', open)).toBeNull();
  });
});

describe('isPublicAddress', () => {
  it.each(['fe80::1%eth0', '2002:7f00:1::', '224.0.0.1', '255.255.255.255', 'nonsense'])('says no to %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
