import { PermanentFailure, Throttled, TransientFailure, UnknownOutcome, type Failure } from '#kernel/failures';
import { ConnectionLost } from './dialogue.js';
import { replyText, type Reply } from './reply.js';

/** The command that a reply answers. */
export type Step = 'CONNECT' | 'LOGIN' | 'MAIL' | 'RCPT' | 'DATA' | 'DOT';

/** Every reason that an SMTP mail can end or wait with, as the first half of a sentence; the server's words follow. */
export const SMTP_REASONS = {
  RECIPIENT_REFUSED: 'The mail server refuses the address; correct it and retry this mail',
  RECIPIENT_DEFERRED: 'The mail server cannot take mail for the address at the moment',
  SENDER_REFUSED: 'The mail server refuses our sender address; allow it there or change it on the integration',
  MESSAGE_REFUSED: 'The mail server refuses this mail',
  MESSAGE_TOO_LARGE:
    'The mail is larger than the mail server accepts; send it without the PDF or raise the limit there',
  AUTHENTICATION_REFUSED: 'The mail server refuses the user name or password; correct them on the integration',
  ACCESS_REFUSED: 'The mail server refuses to talk to us; ask its operator to allow this client',
  SMTP_UNREACHABLE: 'The mail server cannot be reached; check host, port and network',
  SMTP_TLS_FAILED: 'No encrypted connection to the mail server; check its certificate and the TLS settings',
  SMTP_TIMEOUT: 'The mail server took too long; nothing was sent',
  SMTP_BUSY: 'The mail server, or our connections to it, are busy',
  SMTP_THROTTLED: 'The mail server asks us to send more slowly',
  SMTP_PROTOCOL_ERROR: 'The mail server answered out of turn, so its connection was given up; nothing was sent',
  CONNECTION_LOST_BEFORE_DOT: 'The connection was lost before the mail was complete; nothing was sent',
  SMTP_REPLY_LOST:
    'The mail was handed over and the answer was lost: it may have arrived. Look it up at the mail server',
} as const;

export type SmtpReason = keyof typeof SMTP_REASONS;

/** A reason's sentence with the server's own words behind it. */
export function sentence(reason: SmtpReason, detail: string): string {
  return `${SMTP_REASONS[reason]}. (${detail})`;
}

const RATE_WORDS =
  /too many|too fast|rate.?limit|throttl|slow down|(rate|quota|limit)[^.]{0,30} exceeded|exceeded[^.]{0,30} (rate|quota|limit)/i;
/** A first-contact delay for one sender and recipient: it says nothing about how fast we send. */
const GREYLISTING = /gr[ea]y-?list/i;
const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST_WAIT_MS = 3_600_000;

/**
 * What a refusing reply (4yz or 5yz) means for the mail: it was surely not accepted.
 * @param reply 552 to RCPT is read as 452: a full mailbox passes (RFC 5321, 4.5.3.1.10).
 */
export function refusal(step: Step, reply: Reply): Failure {
  const detail = replyText(reply);
  if (reply.code >= 500 && !(step === 'RCPT' && reply.code === 552)) {
    const reason = permanentReason(step, reply.code);
    return new PermanentFailure(reason, sentence(reason, detail));
  }
  if (reply.code === 421 || asksForPatience(reply)) {
    const reason = RATE_WORDS.test(reply.lines) || reply.code !== 421 ? 'SMTP_THROTTLED' : 'SMTP_BUSY';
    const cause =
      reply.code === 421 ? new ConnectionLost('CLOSED', 'The mail server closes the connection.') : undefined;
    return new Throttled(reason, sentence(reason, detail), statedWait(reply.lines), { cause });
  }
  const reason = step === 'RCPT' ? 'RECIPIENT_DEFERRED' : 'SMTP_BUSY';
  return new TransientFailure(reason, sentence(reason, detail));
}

/** What the loss of the connection means while the dot has not been handed over: the mail surely did not leave. */
export function lostBeforeDot(loss: ConnectionLost): TransientFailure {
  const reasons = {
    CLOSED: 'CONNECTION_LOST_BEFORE_DOT',
    TIMEOUT: 'SMTP_TIMEOUT',
    OUT_OF_STEP: 'SMTP_PROTOCOL_ERROR',
  } as const;
  const reason = reasons[loss.how];
  return new TransientFailure(reason, sentence(reason, loss.message), { cause: loss });
}

/** What the loss of the connection means once the dot was handed over: nobody can tell. */
export function lostAfterDot(loss: ConnectionLost): UnknownOutcome {
  return new UnknownOutcome('SMTP_REPLY_LOST', sentence('SMTP_REPLY_LOST', loss.message), { cause: loss });
}

function permanentReason(step: Step, code: number): SmtpReason {
  if (code === 530 || code === 535 || step === 'LOGIN') return 'AUTHENTICATION_REFUSED';
  switch (step) {
    case 'CONNECT':
      return 'ACCESS_REFUSED';
    case 'MAIL':
      return code === 552 ? 'MESSAGE_TOO_LARGE' : 'SENDER_REFUSED';
    case 'RCPT':
      return 'RECIPIENT_REFUSED';
    case 'DATA':
    case 'DOT':
      return code === 552 ? 'MESSAGE_TOO_LARGE' : 'MESSAGE_REFUSED';
  }
}

function asksForPatience({ code, lines }: Reply): boolean {
  if (![450, 451, 452].includes(code) || GREYLISTING.test(lines)) return false;
  return /^4\.7\.\d/.test(lines) || RATE_WORDS.test(lines);
}

/** `try again in 5 minutes`, in milliseconds, an hour at most; null when the reply names no time. */
function statedWait(lines: string): number | null {
  const match = /\b(?:in|after) (\d{1,5}) ?(s|m|h)(?:ec|in|our|\b)/i.exec(lines);
  if (!match) return null;
  return Math.min(Number(match[1]) * (UNITS[match[2]?.toLowerCase() ?? 's'] ?? 1_000), LONGEST_WAIT_MS);
}
