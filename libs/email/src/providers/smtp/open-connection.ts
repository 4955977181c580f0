import { type Socket } from 'node:net';
import { domainToASCII } from 'node:url';
import { type Failure, PermanentFailure, TransientFailure } from '#kernel/failures';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { ConnectionLost, Dialogue } from './dialogue.js';
import { lostBeforeDot, refusal, sentence, type SmtpReason } from './failures.js';
import { shown, type Reply } from './reply.js';
import { tlsRequired, type SmtpCredentials } from './smtp-credentials.js';
import { type Extensions } from './transaction.js';

export interface OpenConnection {
  dialogue: Dialogue;
  extensions: Extensions;
}

export interface ConnectionOptions {
  timeoutMs: number;
  /** What EHLO says; this machine's name when absent. */
  clientName: string | undefined;
  onLost?: () => void;
}

/**
 * Connects, encrypts and logs in by nodemailer, then takes the socket over: nodemailer reads a message before 354 is
 * there, takes any 2yz for it, and has no moment between a drained body and the dot.
 * @throws {PermanentFailure | TransientFailure | Throttled} in `EmailProvider.send`'s sense.
 */
export async function openConnection(
  credentials: SmtpCredentials,
  options: ConnectionOptions,
): Promise<OpenConnection> {
  const { dialogue, clientName } = await loggedIn(credentials, options);
  try {
    // Asked again on our own account: what it announces before TLS and login need not hold after them.
    return { dialogue, extensions: announced(await dialogue.ask(`EHLO ${clientName}`)) };
  } catch (error) {
    if (error instanceof ConnectionLost) throw lostBeforeDot(error);
    throw error;
  }
}

function loggedIn(
  credentials: SmtpCredentials,
  options: ConnectionOptions,
): Promise<{ dialogue: Dialogue; clientName: string }> {
  const { timeoutMs, clientName } = options;
  const connection = new SMTPConnection({
    host: domainToASCII(credentials.host) || credentials.host,
    port: credentials.port,
    secure: credentials.secure,
    requireTLS: !credentials.secure && tlsRequired(credentials),
    tls: { rejectUnauthorized: credentials.allowInvalidCertificate !== true },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(clientName === undefined ? {} : { name: clientName }),
  });
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      connection.close();
      reject(handshakeFailure(error, credentials));
    };
    const takeOver = (): void => {
      const socket = connection._socket;
      if (socket) resolve({ dialogue: dialogueOver(socket, options), clientName: connection.name });
      else fail(new Error('The connection is closed.'));
    };
    // Stays for good: nodemailer keeps telling about the socket's end after it was taken over.
    connection.on('error', fail);
    connection.connect((error) => {
      if (error) fail(error);
      // As nodemailer's own transport does: where no login is offered, none is tried.
      else if (credentials.username === undefined || !connection.allowsAuth) takeOver();
      else {
        const auth = { user: credentials.username, pass: credentials.password ?? '' };
        connection.login(auth, (refused) => (refused ? fail(refused) : takeOver()));
      }
    });
  });
}

/** In the turn of the last reply that nodemailer reads, so that no byte falls between the two. */
function dialogueOver(socket: Socket, { timeoutMs, onLost }: ConnectionOptions): Dialogue {
  socket.removeAllListeners('data');
  socket.removeAllListeners('timeout');
  socket.setTimeout(0);
  return new Dialogue(socket, timeoutMs, onLost);
}

function announced(reply: Reply): Extensions {
  const lines = reply.code === 250 ? reply.lines.split('\n').slice(1) : [];
  const size = lines.map((line) => /^SIZE (\d+)/i.exec(line)?.[1]).find(Boolean);
  return {
    pipelining: lines.some((line) => /^PIPELINING\b/i.test(line)),
    eightBitMime: lines.some((line) => /^8BITMIME\b/i.test(line)),
    maxSize: size === undefined || Number(size) === 0 ? null : Number(size),
  };
}

interface HandshakeError {
  message?: string;
  code?: string;
  originalCode?: string;
  response?: string;
  responseCode?: number;
}

const HANDSHAKE_REASONS: Record<string, SmtpReason> = { ETIMEDOUT: 'SMTP_TIMEOUT', EPROTOCOL: 'SMTP_PROTOCOL_ERROR' };

function handshakeFailure(error: unknown, credentials: SmtpCredentials): Failure {
  const { message = '', code, originalCode, response, responseCode } = error as HandshakeError;
  const detail = withoutSecrets(shown(message), credentials);
  // Without a cause: nodemailer's error repeats the server's words as they came, and with them perhaps the password.
  const transient = (reason: SmtpReason): Failure => new TransientFailure(reason, sentence(reason, detail));
  if (code === 'ETLS' || /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(originalCode ?? '')) {
    return transient('SMTP_TLS_FAILED');
  }
  if (response !== undefined && responseCode !== undefined && responseCode >= 400) {
    const lines = withoutSecrets(response, credentials).replace(/^\d{3}[ -]?/gm, '');
    return refusal(code === 'EAUTH' ? 'LOGIN' : 'CONNECT', { code: responseCode, lines });
  }
  if (code === 'EAUTH') {
    return new PermanentFailure('AUTHENTICATION_REFUSED', sentence('AUTHENTICATION_REFUSED', detail));
  }
  return transient(HANDSHAKE_REASONS[code ?? ''] ?? 'SMTP_UNREACHABLE');
}

/** Servers have been seen to repeat the line they refuse; a base64 of it is as telling as the password. */
function withoutSecrets(text: string, { username = '', password = '' }: SmtpCredentials): string {
  const forms = [password, base64(password), base64(`\0${username}\0${password}`)];
  return password === '' ? text : forms.reduce((rest, form) => rest.replaceAll(form, '***'), text);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
