import { type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { type InboxMail, type OpenedMail, readMail, summarise } from './inbox-mail.js';
import { MailDirectory } from './mail-directory.js';

export interface InboxOptions {
  /** Where mails are kept; read at start, made when it is not there. One inbox at a time. */
  directory: string;
  /** SMTP port on 127.0.0.1; any free one when left out or 0. */
  port?: number;
  /** How many mails are kept, in memory and on disk; the oldest go first. */
  maxMails?: number;
}

const MAX_MESSAGE_BYTES = 50 * 1024 * 1024;
/** How long connections that are still open get to finish once the inbox stops, in milliseconds. */
const CLOSE_TIMEOUT_MS = 1_000;

interface Waiter {
  predicate: (mail: InboxMail) => boolean;
  resolve: (mail: InboxMail) => void;
}

/**
 * An SMTP server that delivers nothing: every mail it accepts can be read here instead. It says 250 once the mail is
 * in the directory. Any credentials do; there is no TLS, since it listens on this machine only.
 */
export class Inbox {
  /** Files in the directory that could not be read at start. */
  unreadable: readonly string[] = [];

  private readonly directory: MailDirectory;
  private readonly maxMails: number;
  private readonly kept = new Map<string, InboxMail>();
  private readonly waiters = new Set<Waiter>();
  private readonly server: SMTPServer;
  private nextId = 1;

  constructor(private readonly options: InboxOptions) {
    this.directory = new MailDirectory(options.directory);
    this.maxMails = options.maxMails ?? 10_000;
    this.server = new SMTPServer({
      name: 'inbox.localhost',
      banner: 'local inbox, nothing is delivered',
      size: MAX_MESSAGE_BYTES,
      closeTimeout: CLOSE_TIMEOUT_MS,
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'anybody' }),
      onData: (stream, session, callback) => {
        this.receive(stream, session).then(
          (mail) => callback(null, `Kept as ${mail.id}`),
          (error: unknown) => callback(asReply(error)),
        );
      },
    });
  }

  /** Shows what an earlier inbox kept in the directory, then listens. @throws when the port is taken. */
  async start(): Promise<void> {
    const { mails, unreadable } = await this.directory.load();
    for (const mail of mails) this.kept.set(mail.id, mail);
    this.unreadable = unreadable;
    const used = [...mails.map(({ id }) => id), ...unreadable.map((name) => name.replace('.json', ''))];
    this.nextId = used.reduce((next, id) => Math.max(next, Number(id) + 1), 1);
    await this.dropOldest();
    await this.listen();
  }

  /** Where mail is to be sent: `smtp://127.0.0.1:<port>`. Known once started. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** Takes no more mail; what is being received gets a second to finish. The mails can still be read. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** All mails that are kept, newest first. */
  mails(): InboxMail[] {
    return [...this.kept.values()].sort((a, b) => Number(b.id) - Number(a.id));
  }

  /** A mail with its html, attachments and source; null when there is none of this id. */
  async get(id: string): Promise<OpenedMail | null> {
    const mail = this.kept.get(id);
    return mail ? readMail(await this.directory.source(id), mail) : null;
  }

  /**
   * The newest mail there is that the predicate accepts, or the first to come.
   * @throws when none has come after `timeoutMs`; the message lists what came instead.
   */
  async waitFor(predicate: (mail: InboxMail) => boolean, timeoutMs: number): Promise<InboxMail> {
    const there = this.mails().find(predicate);
    if (there) return there;
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        predicate,
        resolve: (mail) => {
          clearTimeout(timer);
          resolve(mail);
        },
      };
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        reject(new Error(`No such mail came within ${timeoutMs} ms. In the inbox: ${this.inventory()}`));
      }, timeoutMs);
      this.waiters.add(waiter);
    });
  }

  private async receive(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<InboxMail> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
    if (stream.sizeExceeded) throw new Refusal(552, `A mail may have ${MAX_MESSAGE_BYTES} bytes at most.`);
    const source = Buffer.concat(chunks);
    const id = String(this.nextId++);
    const opened = await readMail(source, {
      id,
      receivedAt: new Date().toISOString(),
      envelope: {
        from: envelope.mailFrom ? envelope.mailFrom.address : '',
        to: envelope.rcptTo.map(({ address }) => address),
      },
    }).catch((error: unknown) => {
      throw new Refusal(554, `This cannot be read as a mail: ${messageOf(error)}`);
    });
    const mail = summarise(opened);
    await this.directory.save(mail, source);
    this.kept.set(id, mail);
    this.tellWaiters(mail);
    await this.dropOldest();
    return mail;
  }

  private tellWaiters(mail: InboxMail): void {
    for (const waiter of this.waiters) {
      if (!waiter.predicate(mail)) continue;
      this.waiters.delete(waiter);
      waiter.resolve(mail);
    }
  }

  private async dropOldest(): Promise<void> {
    for (const id of this.kept.keys()) {
      if (this.kept.size <= this.maxMails) return;
      this.kept.delete(id);
      await this.directory.remove(id);
    }
  }

  private async listen(): Promise<void> {
    const { port = 0 } = this.options;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
      this.server.listen(port, '127.0.0.1', () => resolve());
    });
    // A connection that breaks is the client's affair; without a listener it would end the process.
    this.server.on('error', () => undefined);
  }

  private inventory(): string {
    const newest = this.mails().slice(0, 10);
    const lines = newest.map(({ envelope, subject }) => `"${subject}" to ${envelope.to.join(', ')}`);
    return lines.length > 0 ? `${lines.join('; ')} (${this.kept.size} in all)` : 'nothing';
  }
}

/** Answers the SMTP client with this code instead of keeping the mail. */
class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** @returns an error that smtp-server turns into a reply: ours as it is, any other as "try later". */
function asReply(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(451, `The mail could not be kept: ${messageOf(error)}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(`Port ${port} is taken by another program: stop it, or give the inbox another port or none.`, {
    cause: error,
  });
}
