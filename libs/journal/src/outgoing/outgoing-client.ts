import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { Agent, request } from 'undici';
import { type OutgoingRules, privateAddress, urlProblem } from './address-guard.js';

/** What the other side answered, or why it could not be asked. */
export interface OutgoingAnswer {
  /** 2xx. Redirects are not followed, and count as a refusal. */
  successful: boolean;
  /** Null when nothing was answered. */
  status: number | null;
  /** For people; never what the other side wrote, which may be what our network tells to nobody. */
  message: string;
}

export interface OutgoingOptions extends OutgoingRules {
  /** For everything from the name to the last byte (milliseconds). */
  timeoutMs: number;
  /** Finds the addresses of a name; the system's resolver when absent. */
  resolve?: Resolve;
}

export type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Answers are not kept: more than this is not even read. */
const READ_BYTES = 64 * 1024;

/**
 * The one way in which a URL of a client's choice is called. It connects to the very addresses that were judged, so that a name
 * cannot lead elsewhere between the judgement and the call, follows no redirect, and waits for nobody longer than agreed.
 */
export class OutgoingClient {
  private readonly agent: Agent;

  constructor(private readonly options: OutgoingOptions) {
    const { timeoutMs, resolve = lookup } = options;
    this.agent = new Agent({
      connections: 4,
      connect: {
        timeout: timeoutMs,
        lookup: (host, asked, done) => {
          resolve(host, { ...asked, all: true }, (error, addresses) => {
            const inside = error ? null : privateAddress(addresses, options);
            const refusal = inside === null ? error : new PrivateAddress(host, inside);
            if (refusal) done(refusal, '');
            else if (asked.all) done(null, addresses);
            else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
          });
        },
      },
    });
  }

  /** Never throws for what the other side does. */
  async post(url: string, body: string, headers: Record<string, string>): Promise<OutgoingAnswer> {
    const problem = urlProblem(url, this.options);
    if (problem) return unasked(problem);
    const signal = AbortSignal.timeout(this.options.timeoutMs);
    try {
      const answer = await request(url, { method: 'POST', body, headers, dispatcher: this.agent, signal });
      const status = answer.statusCode;
      // The status decides; the rest is read only so that the connection can be used again.
      answer.body.on('error', () => undefined);
      void answer.body.dump({ limit: READ_BYTES, signal }).catch(() => undefined);
      return { successful: status >= 200 && status < 300, status, message: sentence(status) };
    } catch (error) {
      return unasked(this.why(error, new URL(url).hostname));
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private why(error: unknown, host: string): string {
    if (error instanceof PrivateAddress) return error.message;
    const { code, name } = error as { code?: string; name?: string };
    if (name === 'TimeoutError' || code === 'UND_ERR_CONNECT_TIMEOUT') {
      return `${host} did not answer within ${this.options.timeoutMs / 1000} seconds.`;
    }
    return `${host} could not be reached${code === undefined ? '' : ` (${code})`}.`;
  }
}

class PrivateAddress extends Error {
  constructor(host: string, address: string) {
    super(`${host} leads to ${address}, which is not a public address; this installation calls none of those.`);
  }
}

function unasked(message: string): OutgoingAnswer {
  return { successful: false, status: null, message };
}

function sentence(status: number): string {
  if (status >= 300 && status < 400) return `The other side answered ${status}; redirects are not followed.`;
  return `The other side answered ${status}.`;
}
