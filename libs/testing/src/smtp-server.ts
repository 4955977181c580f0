import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SmtpSession, type SmtpBehaviour } from './smtp-session.js';

export interface ReceivedMail {
  envelope: { from: string; to: string[] };
  /** As received, without dot-stuffing; ends before the end-of-data line. */
  raw: Buffer;
  at: Date;
  parsed(): Promise<ParsedMail>;
}

export interface TestSmtpServerOptions {
  /** Count mails and keep none: the sink of a benchmark. */
  discard?: boolean;
  /** Login without which MAIL is answered 530. */
  auth?: { username: string; password: string };
  /** Lines of the EHLO reply. */
  extensions?: string[];
}

const EXTENSIONS = ['PIPELINING', 'SIZE 52428800', '8BITMIME', 'SMTPUTF8', 'ENHANCEDSTATUSCODES'];

/**
 * A mail server on a free port of 127.0.0.1 that keeps what it accepts and misbehaves when told to:
 *
 *     const server = await TestSmtpServer.start();
 *     server.next({ cut: 'before-354' });
 *     server.whenMailTo('bob@example.com', { rcpt: '550 5.1.1 No such user' });
 *     const mail = await server.waitForMail((m) => m.envelope.to.includes('ada@example.com'));
 */
export class TestSmtpServer {
  /** What was accepted, in order. */
  readonly mails: ReceivedMail[] = [];
  /** Mails of which the body had begun and the dot never came. */
  readonly truncated: { envelope: ReceivedMail['envelope']; raw: Buffer }[] = [];
  /** Every command line of every connection, in order of arrival. */
  readonly commands: string[] = [];
  /** Mails accepted, also when they are discarded. */
  accepted = 0;
  /** Connections ever made. */
  connections = 0;

  readonly options: Required<Pick<TestSmtpServerOptions, 'extensions' | 'discard'>> & TestSmtpServerOptions;
  private readonly ahead: SmtpBehaviour[] = [];
  private readonly byRecipient = new Map<string, SmtpBehaviour>();
  private readonly sockets = new Set<Socket>();
  private readonly watchers = new Set<() => void>();
  private readonly server: Server;

  private constructor(options: TestSmtpServerOptions) {
    this.options = { extensions: EXTENSIONS, discard: false, ...options };
    this.server = createServer((socket) => this.welcome(socket));
  }

  static async start(options: TestSmtpServerOptions = {}): Promise<TestSmtpServer> {
    const started = new TestSmtpServer(options);
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    const { auth } = this.options;
    const login = auth ? `${encodeURIComponent(auth.username)}:${encodeURIComponent(auth.password)}@` : '';
    return `smtp://${login}127.0.0.1:${this.port}`;
  }

  /** The next mail, on whatever connection, meets this; call again for the one after it. `greeting` counts on connect. */
  next(behaviour: SmtpBehaviour): void {
    this.ahead.push(behaviour);
  }

  /** Every mail with this recipient meets this from its RCPT on; null ends it. */
  whenMailTo(address: string, behaviour: SmtpBehaviour | null): void {
    if (behaviour) this.byRecipient.set(address.toLowerCase(), behaviour);
    else this.byRecipient.delete(address.toLowerCase());
  }

  /** Resolves with the first mail, past or future, that matches. @throws after `timeoutMs`. */
  waitForMail(matches: (mail: ReceivedMail) => boolean = () => true, timeoutMs = 5_000): Promise<ReceivedMail> {
    return this.until(() => this.mails.find(matches), timeoutMs);
  }

  /** Resolves with what `look` finds as soon as it finds something; looked again after every event on a connection. */
  until<T>(look: () => T | undefined | false, timeoutMs = 5_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const found = look();
        if (found === undefined || found === false) return;
        clearTimeout(timer);
        this.watchers.delete(check);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.watchers.delete(check);
        reject(new Error(`Nothing of the kind within ${timeoutMs} ms; ${this.mails.length} mails were accepted.`));
      }, timeoutMs);
      this.watchers.add(check);
      check();
    });
  }

  /** Says something to every connected client without being asked. */
  say(text: string): void {
    for (const socket of this.sockets) socket.write(text);
  }

  /** Cuts every connection; new ones are welcome. */
  dropConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  get openConnections(): number {
    return this.sockets.size;
  }

  async close(): Promise<void> {
    this.dropConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private welcome(socket: Socket): void {
    this.connections += 1;
    this.sockets.add(socket);
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.notify();
    });
    const greeting = this.ahead[0]?.greeting === undefined ? undefined : this.ahead.shift()?.greeting;
    new SmtpSession(socket, this.options, greeting, {
      command: (line) => {
        this.commands.push(line);
        this.notify();
      },
      nextBehaviour: () => this.ahead.shift() ?? {},
      behaviourFor: (address) => this.byRecipient.get(address.toLowerCase()) ?? {},
      accept: (envelope, raw) => this.accept(envelope, raw),
      truncated: (envelope, raw) => {
        this.truncated.push({ envelope, raw });
        this.notify();
      },
    });
  }

  private accept(envelope: ReceivedMail['envelope'], raw: Buffer): void {
    this.accepted += 1;
    if (!this.options.discard) {
      this.mails.push({ envelope, raw, at: new Date(), parsed: () => simpleParser(raw) });
    }
    this.notify();
  }

  private notify(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}
