import { type Socket } from 'node:net';
import { type TestSmtpServerOptions } from './smtp-server.js';

/** How one mail is treated. Replies are whole lines such as `450 4.2.1 Mailbox busy`; absent means accepted. */
export interface SmtpBehaviour {
  /** Instead of 220. */
  greeting?: string;
  mail?: string;
  rcpt?: string;
  data?: string;
  /** Instead of 250 to the whole mail, which is kept only when this is a 2yz. */
  dot?: string;
  /** Before the 354. */
  delay354Ms?: number;
  /** `before-dot`: when the body has paused. `after-dot`: not accepted. `after-accept`: accepted, the reply is lost. */
  cut?: 'before-354' | 'in-body' | 'before-dot' | 'after-dot' | 'after-accept';
  /** Never answer this; `dot` is accepted all the same. */
  silentAt?: 'mail' | 'rcpt' | 'data' | 'dot';
  /** An additional line behind the reply to this, in the same packet unless delayed. */
  stray?: { after: 'mail' | 'rcpt' | 'data' | 'dot'; line: string; delayMs?: number };
  /** Said to the first RCPT; from there on each reply comes one command late, as after a doubled 250. */
  oneBehind?: string;
  /** Stop reading when the body begins, so that the client cannot get rid of it. */
  stall?: boolean;
}

export interface SmtpSessionEvents {
  command(line: string): void;
  nextBehaviour(): SmtpBehaviour;
  behaviourFor(address: string): SmtpBehaviour;
  accept(envelope: { from: string; to: string[] }, raw: Buffer): void;
  truncated(envelope: { from: string; to: string[] }, raw: Buffer): void;
}

type Step = 'mail' | 'rcpt' | 'data' | 'dot';

const END = Buffer.from('\r\n.\r\n');
const BODY_PAUSE_MS = 15;
const LATE_MS = 20;

/** One client's connection: a small, strict SMTP dialogue with faults on demand. */
export class SmtpSession {
  private envelope: { from: string; to: string[] } | null = null;
  private behaviour: SmtpBehaviour = {};
  private loggedIn = false;
  private pending: Buffer = Buffer.alloc(0);
  /** Received since 354, behind an imagined line end; null outside a body. */
  private body: Buffer[] | null = null;
  private pause: NodeJS.Timeout | null = null;
  private loginStep: string[] | null = null;
  /** The reply that comes late, or null when all are in time. */
  private late: string | null = null;

  constructor(
    private readonly socket: Socket,
    private readonly options: Pick<TestSmtpServerOptions, 'auth' | 'extensions' | 'discard'>,
    greeting: string | undefined,
    private readonly events: SmtpSessionEvents,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('close', () => this.ended());
    // A client that goes away is part of many tests; 'close' follows.
    socket.on('error', () => undefined);
    this.write(greeting ?? '220 test.example ESMTP');
    if (greeting !== undefined && !greeting.startsWith('220')) socket.end();
  }

  private receive(chunk: Buffer): void {
    this.pending = this.pending.length > 0 ? Buffer.concat([this.pending, chunk]) : chunk;
    while (this.pending.length > 0 && !this.socket.destroyed) {
      if (this.body) {
        if (!this.takeBody(this.body)) return;
      } else {
        const end = this.pending.indexOf('\r\n');
        if (end < 0) return;
        const line = this.pending.toString('utf8', 0, end);
        this.pending = this.pending.subarray(end + 2);
        this.command(line);
      }
    }
  }

  /** @returns whether the end of the mail was among what was received. */
  private takeBody(body: Buffer[]): boolean {
    this.restartPause();
    // The end may be cut in two anywhere, so what is looked at begins with the last bytes seen before.
    const seen = body.pop() ?? Buffer.alloc(0);
    const joined = Buffer.concat([seen, this.pending]);
    const end = joined.indexOf(END);
    this.pending = end < 0 ? Buffer.alloc(0) : joined.subarray(end + END.length);
    if (this.options.discard) body.length = 0;
    if (end < 0) body.push(joined.subarray(0, -END.length), joined.subarray(-END.length));
    else body.push(joined.subarray(0, end));
    if (this.behaviour.cut === 'in-body') this.socket.destroy();
    else if (end >= 0) this.endOfMail(body);
    return end >= 0;
  }

  private endOfMail(body: Buffer[]): void {
    const envelope = this.envelope ?? { from: '', to: [] };
    const { cut, dot } = this.behaviour;
    if (this.pause) clearTimeout(this.pause);
    this.body = null;
    this.envelope = null;
    if (cut === 'after-dot') {
      this.socket.destroy();
      return;
    }
    if (dot === undefined || dot.startsWith('2'))
      this.events.accept(envelope, this.options.discard ? END : unstuffed(Buffer.concat(body)));
    const reply = this.answer('dot', dot ?? '250 2.0.0 Ok: queued as 4F2A');
    if (cut === 'after-accept') this.socket.destroy();
    else if (reply !== null) this.write(reply);
  }

  private command(line: string): void {
    this.events.command(line);
    const reply = this.loginStep ? this.continueLogin(line, this.loginStep) : this.replyTo(line);
    if (reply !== null) this.write(this.late === null ? reply : this.oneLate(reply));
    if (reply?.startsWith('421') || reply?.startsWith('221')) this.socket.end();
  }

  private replyTo(line: string): string | null {
    const [verb = '', argument = ''] = line.split(/ (.*)/s);
    switch (verb.toUpperCase()) {
      case 'EHLO':
        return this.hello();
      case 'AUTH':
        return this.login(argument);
      case 'MAIL':
        return this.mailFrom(argument);
      case 'RCPT':
        return this.recipient(argument);
      case 'DATA':
        return this.data();
      case 'RSET':
        this.envelope = null;
        return '250 2.0.0 Ok';
      case 'NOOP':
        return '250 2.0.0 Ok';
      case 'QUIT':
        return '221 2.0.0 Bye';
      default:
        return '500 5.5.1 Unknown command';
    }
  }

  private hello(): string {
    this.envelope = null;
    const { extensions = [], auth } = this.options;
    const lines = ['test.example', ...extensions, ...(auth ? ['AUTH PLAIN LOGIN'] : [])];
    return lines.map((line, at) => `250${at < lines.length - 1 ? '-' : ' '}${line}`).join('\r\n');
  }

  private login(argument: string): string {
    const [method = '', initial = ''] = argument.split(' ');
    if (method.toUpperCase() === 'LOGIN') {
      this.loginStep = [];
      return '334 VXNlcm5hbWU6';
    }
    const [, username = '', password = ''] = Buffer.from(initial, 'base64').toString('utf8').split('\0');
    return this.judge(username, password);
  }

  private continueLogin(line: string, given: string[]): string {
    given.push(Buffer.from(line, 'base64').toString('utf8'));
    if (given.length < 2) return '334 UGFzc3dvcmQ6';
    this.loginStep = null;
    return this.judge(given[0] ?? '', given[1] ?? '');
  }

  private judge(username: string, password: string): string {
    this.loggedIn = username === this.options.auth?.username && password === this.options.auth.password;
    return this.loggedIn ? '235 2.7.0 Welcome' : `535 5.7.8 Wrong user or password: ${username} ${password}`;
  }

  private mailFrom(argument: string): string | null {
    if (this.options.auth && !this.loggedIn) return '530 5.7.0 Log in first';
    if (this.envelope) return '503 5.5.1 Nested MAIL';
    this.behaviour = this.events.nextBehaviour();
    const { mail } = this.behaviour;
    if (mail === undefined) this.envelope = { from: bracketed(argument), to: [] };
    return this.answer('mail', mail ?? '250 2.1.0 Ok');
  }

  private recipient(argument: string): string | null {
    if (!this.envelope) return '503 5.5.1 MAIL first';
    const address = bracketed(argument);
    // `rcpt` is about this address alone, the rest about the mail.
    const { rcpt: refusal, ...rest } = this.events.behaviourFor(address);
    this.behaviour = { ...this.behaviour, ...rest };
    const rcpt = refusal ?? this.behaviour.rcpt;
    this.late ??= this.behaviour.oneBehind ?? null;
    if (rcpt === undefined) this.envelope.to.push(address);
    return this.answer('rcpt', rcpt ?? '250 2.1.5 Ok');
  }

  private data(): string | null {
    if (!this.envelope?.to.length) return '503 5.5.1 RCPT first';
    const { data, cut, delay354Ms = 0 } = this.behaviour;
    if (data !== undefined) return this.answer('data', data);
    if (cut === 'before-354') {
      this.socket.destroy();
      return null;
    }
    if (delay354Ms === 0) return this.openBody();
    setTimeout(() => this.write(this.openBody() ?? ''), delay354Ms);
    return null;
  }

  private openBody(): string | null {
    this.body = [Buffer.from('\r\n')];
    if (this.behaviour.stall) this.socket.pause();
    this.restartPause();
    return this.answer('data', '354 Go ahead');
  }

  private restartPause(): void {
    if (this.behaviour.cut !== 'before-dot') return;
    if (this.pause) clearTimeout(this.pause);
    this.pause = setTimeout(() => this.socket.destroy(), BODY_PAUSE_MS);
  }

  /** The reply before this one now, and this one with the next command or when none comes. */
  private oneLate(reply: string): string {
    const now = this.late ?? reply;
    this.late = reply;
    setTimeout(() => this.late === reply && this.write(reply), LATE_MS);
    return now;
  }

  /** The reply as it goes out, strays included; null for silence. */
  private answer(step: Step, line: string): string | null {
    const { stray, silentAt } = this.behaviour;
    if (silentAt === step) return null;
    if (stray?.after !== step) return line;
    if (stray.delayMs === undefined) return `${line}\r\n${stray.line}`;
    setTimeout(() => this.write(stray.line), stray.delayMs);
    return line;
  }

  private write(line: string): void {
    if (this.socket.writable) this.socket.write(`${line}\r\n`);
  }

  private ended(): void {
    if (this.pause) clearTimeout(this.pause);
    if (this.body && this.envelope) this.events.truncated(this.envelope, unstuffed(Buffer.concat(this.body)));
  }
}

function bracketed(argument: string): string {
  return /<([^>]*)>/.exec(argument)?.[1] ?? '';
}

function unstuffed(body: Buffer): Buffer {
  return Buffer.from(body.toString('latin1').replaceAll('\r\n.', '\r\n').slice(2), 'latin1');
}
