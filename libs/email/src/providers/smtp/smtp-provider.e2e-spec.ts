import { type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { countingGate, emailProviderContract, outgoing } from '#testing/email-provider-contract';
import { TestSmtpServer } from '#testing/smtp-server';
import { type SmtpBehaviour } from '#testing/smtp-session';
import { TEST_CERTIFICATE } from '#testing/test-certificate';
import { smtpCredentialsFromUrl } from './smtp-credentials.js';
import { SmtpProvider, type SmtpOptions } from './smtp-provider.js';

const TREATMENTS: Record<string, SmtpBehaviour> = {
  accept: {},
  refuse: { dot: '554 5.7.1 Looks like spam' },
  'ask to wait': { mail: '421 4.7.0 Too many messages, try again in 2 minutes' },
  'vanish before': { cut: 'before-354' },
  'vanish after': { cut: 'after-dot' },
};

emailProviderContract('SMTP', async () => {
  const server = await TestSmtpServer.start({ auth: { username: 'billing', password: 's3cret/' } });
  const credentials = smtpCredentialsFromUrl(server.url);
  return {
    provider: new SmtpProvider({ timeoutMs: 2_000 }),
    credentials,
    wrongCredentials: { ...credentials, password: 'wrong' },
    next: (treatment) => server.next(TREATMENTS[treatment] ?? {}),
    taken: () => server.mails.map(({ raw }) => /^Message-ID: (.*?)\r/.exec(raw.toString())?.[1] ?? ''),
    stop: () => server.close(),
  };
});

describe('SmtpProvider', () => {
  let server: TestSmtpServer;
  let provider: SmtpProvider;
  beforeEach(async () => {
    server = await TestSmtpServer.start();
    provider = new SmtpProvider({ timeoutMs: 2_000 });
  });
  afterEach(async () => {
    await provider.close();
    await server.close();
  });

  const configured = (options: Partial<SmtpOptions>): void => {
    provider = new SmtpProvider({ timeoutMs: 2_000, ...options });
  };
  const send = (mail = outgoing(), gate: () => Promise<void> = countingGate(), key = 'inte_1/1') =>
    provider.send(mail, smtpCredentialsFromUrl(server.url), key, gate);
  const big = (): Buffer => Buffer.alloc(8_000_000, 'All work and no play.\r\n');
  /** Lets this process notice what has happened on its sockets. */
  const noticed = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  };

  describe('before the dot', () => {
    it('asks the gate after 354, when the body has left and nothing is accepted yet', async () => {
      server.next({ delay354Ms: 30 });
      const gate = countingGate(async () => {
        expect(server.commands.at(-1)).toBe('DATA');
        await noticed();
        server.dropConnections();
        const { raw } = await server.until(() => server.truncated[0]);
        expect(`${raw.toString()}\r\n`).toBe(Buffer.from(outgoing().mime).toString());
        throw new Error('seen enough');
      });
      await expect(send(outgoing(), gate)).rejects.toThrow('seen enough');
      expect(gate.asked).toBe(1);
    });

    it('does not ask the gate while the server has not taken the body', async () => {
      configured({ timeoutMs: 200 });
      server.next({ stall: true });
      const gate = countingGate();
      await expect(send(outgoing({ mime: big() }), gate)).rejects.toMatchObject({
        name: 'TransientFailure',
        code: 'SMTP_TIMEOUT',
      });
      expect(gate.asked).toBe(0);
    });

    it.each([
      ['before 354', { cut: 'before-354' }],
      ['within the body', { cut: 'in-body' }],
    ] as const)('is sure that nothing was sent when the connection is cut %s', async (_when, behaviour) => {
      server.next(behaviour);
      const gate = countingGate();
      await expect(send(outgoing({ mime: big() }), gate)).rejects.toMatchObject({
        name: 'TransientFailure',
        code: 'CONNECTION_LOST_BEFORE_DOT',
      });
      expect(gate.asked).toBe(0);
    });

    it('is sure that nothing was sent when the connection ends while the gate thinks, though the gate passes', async () => {
      server.next({ cut: 'before-dot' });
      const gate = countingGate(async () => {
        await server.until(() => server.openConnections === 0);
        await noticed();
      });
      await expect(send(outgoing(), gate)).rejects.toMatchObject({
        name: 'TransientFailure',
        code: 'CONNECTION_LOST_BEFORE_DOT',
      });
      expect(gate.asked).toBe(1);
      expect(server.mails).toEqual([]);
    });

    it('asks no second time on another connection once the gate has passed', async () => {
      await send();
      server.next({ cut: 'before-dot' });
      const gate = countingGate(async () => {
        await server.until(() => server.openConnections === 0);
        await noticed();
      });
      await expect(send(outgoing(), gate)).rejects.toMatchObject({ code: 'CONNECTION_LOST_BEFORE_DOT' });
      expect([gate.asked, server.connections, server.accepted]).toEqual([1, 1, 1]);
    });

    it('rejects with the error of the gate when the connection ends and then the gate rejects', async () => {
      const closed = new Error('no longer ours');
      server.next({ cut: 'before-dot' });
      const gate = countingGate(async () => {
        await server.until(() => server.openConnections === 0);
        await noticed();
        throw closed;
      });
      await expect(send(outgoing(), gate)).rejects.toBe(closed);
    });

    it('gives the connection up when the gate rejects, so that the server never sees an end of the mail', async () => {
      await expect(send(outgoing(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      await server.until(() => server.truncated.length === 1 && server.openConnections === 0);
      expect(server.accepted).toBe(0);
    });

    it('waits as long for the gate as the gate takes', async () => {
      configured({ timeoutMs: 200 });
      await send(outgoing(), () => new Promise((resolve) => setTimeout(resolve, 300)));
      expect(server.mails).toHaveLength(1);
    });

    it.each([
      ['mail', 'SMTP_TIMEOUT'],
      ['rcpt', 'SMTP_TIMEOUT'],
      ['data', 'SMTP_TIMEOUT'],
    ] as const)('gives up a server that never answers %s', async (silentAt, code) => {
      configured({ timeoutMs: 60 });
      server.next({ silentAt });
      const gate = countingGate();
      await expect(send(outgoing(), gate)).rejects.toMatchObject({ name: 'TransientFailure', code });
      expect(gate.asked).toBe(0);
    });
  });

  describe('after the dot', () => {
    it.each([
      ['the connection is cut unread', { cut: 'after-dot' }, 0],
      ['the mail is accepted and the connection cut', { cut: 'after-accept' }, 1],
      ['the server never answers', { silentAt: 'dot' }, 1],
      ['the answer is no reply', { dot: 'Thanks!' }, 0],
      ['the answer is no final one', { dot: '354 Go on' }, 0],
    ] as const)('does not know the outcome when %s', async (_case, behaviour, accepted) => {
      configured({ timeoutMs: 400 });
      server.next(behaviour);
      await expect(send()).rejects.toMatchObject({ name: 'UnknownOutcome', code: 'SMTP_REPLY_LOST' });
      expect(server.accepted).toBe(accepted);
    });

    it('counts a mail as accepted when the 250 came and the connection broke behind it', async () => {
      server.next({ stray: { after: 'dot', line: 'Segmentation fault' } });
      expect(await send()).toMatchObject({ response: '250 2.0.0 Ok: queued as 4F2A', providerMessageId: '4F2A' });
    });
  });

  describe('refusals', () => {
    it.each<[string, SmtpBehaviour, string, string]>([
      ['a sender', { mail: '553 5.7.1 Not yours' }, 'PermanentFailure', 'SENDER_REFUSED'],
      ['a client without login', { mail: '530 5.7.0 Log in' }, 'PermanentFailure', 'AUTHENTICATION_REFUSED'],
      ['a busy server', { mail: '451 4.3.0 Try later' }, 'TransientFailure', 'SMTP_BUSY'],
      ['an unknown address', { rcpt: '550 5.1.1 Unknown' }, 'PermanentFailure', 'RECIPIENT_REFUSED'],
      ['a full mailbox', { rcpt: '552 5.2.2 Full' }, 'TransientFailure', 'RECIPIENT_DEFERRED'],
      ['greylisting', { rcpt: '450 4.7.1 Greylisted, come back' }, 'TransientFailure', 'RECIPIENT_DEFERRED'],
      ['a rate limit', { rcpt: '450 4.7.1 Rate limited' }, 'Throttled', 'SMTP_THROTTLED'],
      ['a closing server', { data: '421 4.3.2 Shutting down' }, 'Throttled', 'SMTP_BUSY'],
      ['content at DATA', { data: '554 5.6.0 No' }, 'PermanentFailure', 'MESSAGE_REFUSED'],
    ])('names %s', async (_case, behaviour, name, code) => {
      server.next(behaviour);
      const gate = countingGate();
      await expect(send(outgoing(), gate)).rejects.toMatchObject({ name, code });
      expect(gate.asked).toBe(0);
      expect(server.accepted).toBe(0);
    });

    it.each<[SmtpBehaviour, string, string]>([
      [{ dot: '554 5.7.1 Spam' }, 'PermanentFailure', 'MESSAGE_REFUSED'],
      [{ dot: '552 5.3.4 Too big' }, 'PermanentFailure', 'MESSAGE_TOO_LARGE'],
      [{ dot: '451 4.3.0 Disk full' }, 'TransientFailure', 'SMTP_BUSY'],
      [{ dot: '452 4.7.0 Too many messages' }, 'Throttled', 'SMTP_THROTTLED'],
    ])('believes a definite answer to the dot: %j', async (behaviour, name, code) => {
      server.next(behaviour);
      await expect(send()).rejects.toMatchObject({ name, code });
      await send();
      expect(server.connections).toBe(1);
    });

    it('says when to come back where the server does', async () => {
      server.next({ mail: '450 4.7.1 Too many messages, try again in 5 minutes' });
      await expect(send()).rejects.toMatchObject({ retryAfterMs: 300_000 });
    });

    it('records a refused copy and sends to the others', async () => {
      server.whenMailTo('gone@example.com', { rcpt: '550 5.1.1 No such\u0007 user' });
      const sent = await send(outgoing({ to: ['ada@example.com', 'gone@example.com', 'bob@example.com'] }));
      expect(sent.refused).toEqual([{ address: 'gone@example.com', response: '550 5.1.1 No such user' }]);
      expect(server.mails[0]!.envelope.to).toEqual(['ada@example.com', 'bob@example.com']);
    });

    it.each([
      ['with pipelining', undefined],
      ['without pipelining', ['8BITMIME']],
    ])('sends to nobody when To is refused, and never opens the body, %s', async (_how, extensions) => {
      await server.close();
      server = await TestSmtpServer.start(extensions ? { extensions } : {});
      server.whenMailTo('ada@example.com', { rcpt: '550 5.1.1 Unknown' });
      const gate = countingGate();
      const mail = outgoing({ to: ['ada@example.com', 'bob@example.com'] });
      await expect(send(mail, gate)).rejects.toMatchObject({ name: 'PermanentFailure', code: 'RECIPIENT_REFUSED' });
      expect(gate.asked).toBe(0);
      expect(server.commands).not.toContain('DATA');
      await send(outgoing({ to: ['bob@example.com'] }));
      expect(server.mails.map((mail) => mail.envelope.to)).toEqual([['bob@example.com']]);
      expect(server.connections).toBe(1);
    });

    it('refuses a mail that is larger than the server announced, without opening the body', async () => {
      await server.close();
      server = await TestSmtpServer.start({ extensions: ['SIZE 100'] });
      await expect(send(outgoing({ mime: Buffer.alloc(101) }))).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
    });

    it('lets no address smuggle a command', async () => {
      const mail = outgoing({ to: ['ada@example.com>\r\nDATA'] });
      await expect(send(mail)).rejects.toMatchObject({ name: 'PermanentFailure', code: 'RECIPIENT_INVALID' });
      expect(server.commands).not.toContain('DATA');
    });
  });

  describe('replies that nobody asked for', () => {
    const second = outgoing({ messageId: '<2@mail.example>', to: ['bob@example.com'] });

    it('never lets a doubled 250 answer for the next mail', async () => {
      server.next({ stray: { after: 'dot', line: '250 2.0.0 Ok' } });
      server.next({ dot: '554 5.7.1 Spam' });
      await send();
      await expect(send(second)).rejects.toMatchObject({ code: 'MESSAGE_REFUSED' });
      await send(second);
      expect(server.mails.map(({ envelope }) => envelope.to)).toEqual([['ada@example.com'], ['bob@example.com']]);
    });

    it.each<NonNullable<SmtpBehaviour['stray']>['after']>(['mail', 'rcpt', 'data'])(
      'sends the next mail over a new connection when a doubled 250 arrives in the midst of it, after %s',
      async (after) => {
        await send();
        server.next({ stray: { after, line: '250 2.0.0 Ok' } });
        const gate = countingGate();
        await send(second, gate);
        expect(gate.asked).toBe(1);
        expect(server.connections).toBe(2);
        expect(server.mails.map(({ envelope }) => envelope.to)).toEqual([['ada@example.com'], ['bob@example.com']]);
      },
    );

    it.each(['mail', 'rcpt', 'data'] as const)('sends nothing when one comes after %s', async (after) => {
      server.next({ stray: { after, line: '250 2.0.0 Ok' } });
      const gate = countingGate();
      await expect(send(outgoing(), gate)).rejects.toMatchObject({
        name: 'TransientFailure',
        code: 'SMTP_PROTOCOL_ERROR',
      });
      expect(gate.asked).toBe(0);
      expect(server.accepted).toBe(0);
    });

    it.each([
      ['one', '250 2.0.0 Ok\r\n'],
      ['the beginning of one', '25'],
    ])('sends nothing when %s comes while the gate thinks', async (_what, text) => {
      const gate = countingGate(async () => {
        server.say(text);
        await noticed();
      });
      await expect(send(outgoing(), gate)).rejects.toMatchObject({
        name: 'TransientFailure',
        code: 'SMTP_PROTOCOL_ERROR',
      });
      expect(server.accepted).toBe(0);
    });

    it('takes nothing but a 354 for one: replies that are one behind open no body', async () => {
      server.next({ oneBehind: '250 2.1.5 Ok' });
      const gate = countingGate();
      await expect(send(outgoing(), gate)).rejects.toMatchObject({
        name: 'TransientFailure',
        code: 'SMTP_PROTOCOL_ERROR',
      });
      expect(gate.asked).toBe(0);
      expect(server.accepted).toBe(0);
    });

    it('does not condemn a mail by a refusal that came out of step', async () => {
      server.whenMailTo('bob@example.com', { rcpt: '550 5.1.1 Unknown' });
      server.next({ oneBehind: '250 2.1.5 Ok' });
      const mail = outgoing({ to: ['ada@example.com', 'bob@example.com'] });
      await expect(send(mail)).rejects.toMatchObject({ name: 'TransientFailure', code: 'SMTP_PROTOCOL_ERROR' });
    });

    it('throws a connection away that got one while it was idle', async () => {
      await send();
      server.say('250 2.0.0 Hello?\r\n');
      await server.until(() => server.openConnections === 0);
      await send(second);
      expect(server.connections).toBe(2);
    });
  });

  describe('connections', () => {
    it('sends one mail after the other over one connection', async () => {
      for (let mail = 0; mail < 3; mail += 1) await send();
      expect([server.connections, server.accepted]).toEqual([1, 3]);
    });

    it('opens no more than allowed and serves whoever came first', async () => {
      configured({ maxConnections: 2 });
      const order: number[] = [];
      await Promise.all(
        Array.from({ length: 12 }, (_, at) =>
          send(
            outgoing(),
            countingGate(() => void order.push(at)),
          ),
        ),
      );
      expect(server.connections).toBe(2);
      expect(server.accepted).toBe(12);
      // Two connections may overtake each other by one place.
      expect(order.every((mail, place) => Math.abs(mail - place) <= 1)).toBe(true);
    });

    it('starts afresh after the allowed number of mails, and for another version of the integration', async () => {
      configured({ maxMessagesPerConnection: 2 });
      for (let mail = 0; mail < 3; mail += 1) await send();
      expect(server.connections).toBe(2);
      await send(outgoing(), countingGate(), 'inte_1/2');
      expect(server.connections).toBe(3);
    });

    it('closes a connection that is not used', async () => {
      configured({ idleMs: 20 });
      await send();
      await server.until(() => server.openConnections === 0);
      expect(server.commands.at(-1)).toBe('QUIT');
    });

    it('takes a new connection when the server ends the old one just then, without asking the gate twice', async () => {
      await send();
      server.next({ mail: '421 4.4.2 Idle for too long' });
      const gate = countingGate();
      await send(outgoing(), gate);
      expect(gate.asked).toBe(1);
      expect([server.connections, server.accepted]).toEqual([2, 2]);
    });

    it('tells a mail that waited in vain for a connection to come back', async () => {
      configured({ maxConnections: 1, timeoutMs: 300 });
      await send(outgoing(), async () => {
        await expect(send()).rejects.toMatchObject({ name: 'Throttled', code: 'SMTP_BUSY' });
      });
    });

    it('lets the next in line try when a connection cannot be opened', async () => {
      configured({ maxConnections: 1 });
      server.next({ greeting: '554 5.3.2 Closed to you' });
      const [first, next] = await Promise.allSettled([send(), send()]);
      expect(first).toMatchObject({ reason: { name: 'PermanentFailure', code: 'ACCESS_REFUSED' } });
      expect(next).toMatchObject({ status: 'fulfilled' });
    });

    it('knows a server that is not there', async () => {
      await server.close();
      const gone = { host: '127.0.0.1', port: 1, secure: false };
      await expect(provider.send(outgoing(), gone, 'k', countingGate())).rejects.toMatchObject({
        name: 'TransientFailure',
        code: 'SMTP_UNREACHABLE',
      });
    });
  });

  it('never repeats the password, even where the server does', async () => {
    await server.close();
    server = await TestSmtpServer.start({ auth: { username: 'ada', password: 'right' } });
    const wrong = { host: '127.0.0.1', port: server.port, secure: false, username: 'ada', password: 'hunter22' };
    const refused = { name: 'PermanentFailure', code: 'AUTHENTICATION_REFUSED' };
    await expect(provider.send(outgoing(), wrong, 'k', countingGate())).rejects.toMatchObject(refused);
    expect((await provider.verify(wrong)).message).toContain('535 5.7.8 Wrong user or password: ada ***');
  });

  describe('encryption', () => {
    let encrypted: SMTPServer;
    afterEach(async () => {
      await provider.close();
      await new Promise<void>((resolve) => encrypted.close(resolve));
    });

    const encryptedServer = async (options: SMTPServerOptions): Promise<number> => {
      encrypted = new SMTPServer({
        ...TEST_CERTIFICATE,
        authOptional: true,
        onAuth: ({ username, password }, _session, callback) =>
          username === 'ada' && password === 'p' ? callback(null, { user: 'ada' }) : callback(new Error('No')),
        onData: (stream, _session, callback) => stream.on('end', () => callback()).resume(),
        ...options,
      });
      encrypted.on('error', () => undefined);
      await new Promise<void>((resolve) => encrypted.listen(0, '127.0.0.1', resolve));
      return (encrypted.server.address() as AddressInfo).port;
    };
    const login = { host: '127.0.0.1', username: 'ada', password: 'p' };

    it.each([
      ['from the first byte', true],
      ['by STARTTLS', false],
    ])('sends encrypted %s, past a certificate that was said to be fine', async (_how, secure) => {
      const port = await encryptedServer({ secure });
      const credentials = { ...login, port, secure, requireTls: true, allowInvalidCertificate: true };
      const gate = countingGate();
      for (let mail = 0; mail < 2; mail += 1) await provider.send(outgoing({ mime: big() }), credentials, 'k', gate);
      expect(gate.asked).toBe(2);
    });

    it.each([true, false])('trusts no certificate that it cannot verify (secure: %s)', async (secure) => {
      const port = await encryptedServer({ secure });
      await expect(provider.send(outgoing(), { ...login, port, secure }, 'k', countingGate())).rejects.toMatchObject({
        name: 'TransientFailure',
        code: 'SMTP_TLS_FAILED',
      });
    });

    it('sends no password where encryption is required and not to be had', async () => {
      const port = await encryptedServer({ secure: false, hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
      const credentials = { ...login, port, secure: false, requireTls: true };
      expect(await provider.verify(credentials)).toMatchObject({
        successful: false,
        message: expect.stringMatching(/^No encrypted connection/),
      });
    });
  });
});
