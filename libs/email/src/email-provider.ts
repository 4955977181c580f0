import { type z } from 'zod';

/** A mail that is ready to leave. */
export interface OutgoingMail {
  envelope: {
    from: string;
    /** Everybody: To, Cc and Bcc. */
    to: string[];
    /** The To address, one of `to`: when the server refuses it, nothing is sent to anybody. */
    required: string;
  };
  /** RFC 5322 bytes (`composeMime`). */
  mime: Uint8Array;
  /** Equal for every replay of one preparation: passed on as idempotency key where the provider knows one. */
  messageId: string;
}

/** What the provider said when it accepted a mail. */
export interface SentMail {
  /** The id under which the provider's own logs know the mail; null when its answer names none. */
  providerMessageId: string | null;
  /** The answer, for people: one line, bounded. */
  response: string;
  /** Copies that the provider would not take while it took the mail; addresses as in the envelope given. */
  refused: { address: string; response: string }[];
}

/** One way to hand a mail to the world. Add a provider by adding a folder under `providers/`. */
export interface EmailProvider<C = unknown> {
  /** Stored on the integration, e.g. `SMTP`. */
  readonly name: string;
  readonly credentials: z.ZodType<C>;

  /**
   * Resolves once the provider has accepted the mail.
   *
   * Awaits `gate`, once at most, at the last moment at which nothing has left yet (SMTP: after 354 and the drained body,
   * before the dot; HTTP: before the request). When `gate` rejects, nothing is delivered, now or later, and `send`
   * rejects with the gate's own error.
   *
   * @param key names integration and version: a changed integration gets fresh connections.
   * @throws {PermanentFailure} the provider refused: bad credentials, bad address, SMTP 5yz, HTTP 4xx.
   * @throws {TransientFailure} surely not accepted, try later: no connection, SMTP 4yz. Also after the gate had passed,
   *   when the mail can be shown not to have left.
   * @throws {Throttled} surely not accepted, and everything through this integration should go slower.
   * @throws {UnknownOutcome} the mail left and its answer was lost.
   */
  send(mail: OutgoingMail, credentials: C, key: string, gate: () => Promise<void>): Promise<SentMail>;

  /** Tries the credentials without sending anything. Never rejects for what the provider says: that is the message. */
  verify(credentials: C): Promise<{ successful: boolean; message: string }>;

  /** Waits for the mails under way and closes what is open. Sends afterwards are refused. */
  close(): Promise<void>;
}
