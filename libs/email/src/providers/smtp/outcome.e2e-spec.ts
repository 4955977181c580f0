import fc from 'fast-check';
import { Failure, UnknownOutcome } from '#kernel/failures';
import { countingGate, outgoing } from '#testing/email-provider-contract';
import { TestSmtpServer } from '#testing/smtp-server';
import { type SmtpBehaviour } from '#testing/smtp-session';
import { type SmtpCredentials, smtpCredentialsFromUrl } from './smtp-credentials.js';
import { SmtpProvider } from './smtp-provider.js';

const step = fc.constantFrom('mail', 'rcpt', 'data', 'dot');
const refusal = fc.constantFrom('421 4.3.2 Closing', '450 4.7.1 Rate limited', '451 4.3.0 Later', '550 5.7.1 No');

const behaviour: fc.Arbitrary<SmtpBehaviour> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  step.chain((at) => refusal.map((reply) => ({ [at]: reply }))),
  fc.record({ cut: fc.constantFrom('before-354', 'in-body', 'before-dot', 'after-dot', 'after-accept') }),
  fc.record({ silentAt: step }),
  fc.record({ dot: fc.constantFrom('Thanks', '354 Go on', '250') }),
  fc.record({ oneBehind: fc.constant('250 2.1.5 Ok') }),
  // In the packet of the reply before it: one that is under way while we hand the dot over, nobody can tell from the answer.
  fc.record({ stray: fc.record({ after: step, line: fc.constantFrom('250 2.0.0 Ok', '550 5.1.1 No', 'Oops') }) }),
);

type GateAnswer = 'pass at once' | 'pass later' | 'reject';
const gateAnswer = fc.constantFrom<GateAnswer>('pass at once', 'pass at once', 'pass later', 'reject');
const closed = new Error('the gate is closed');

const gateThat = (answer: GateAnswer) =>
  countingGate(async () => {
    // Not a wait for anything: a gate takes a moment, in which connections may end.
    if (answer === 'pass later') await new Promise((resolve) => setTimeout(resolve, 20));
    if (answer === 'reject') throw closed;
  });

interface Outcome {
  at: number;
  answer: GateAnswer;
  asked: number;
  /** What `send` resolved or rejected with. */
  said: unknown;
}

async function sendOne(
  provider: SmtpProvider,
  credentials: SmtpCredentials,
  answer: GateAnswer,
  at: number,
): Promise<Outcome> {
  const mail = outgoing({ messageId: `<${at}@mail.example>`, to: [`ada${at}@example.com`, 'copy@example.com'] });
  const gate = gateThat(answer);
  const said: unknown = await provider.send(mail, credentials, 'k', gate).catch((error: unknown) => error);
  return { at, answer, asked: gate.asked, said };
}

function expectTruth(server: TestSmtpServer, { at, answer, asked, said }: Outcome): void {
  const accepted = server.mails.filter(({ raw }) => raw.includes(`<${at}@mail.example>`));
  for (const { envelope } of accepted) expect(envelope.to[0]).toBe(`ada${at}@example.com`);
  expect(asked).toBeLessThanOrEqual(1);
  expect(accepted.length).toBeLessThanOrEqual(asked);
  if (asked === 1 && answer === 'reject') expect(said).toBe(closed);
  if (said instanceof UnknownOutcome) expect(asked).toBe(1);
  else expect(accepted).toHaveLength(said instanceof Failure || said === closed ? 0 : 1);
}

async function tryOut(plan: readonly [SmtpBehaviour, GateAnswer][], extensions: string[]): Promise<void> {
  const server = await TestSmtpServer.start({ extensions });
  const provider = new SmtpProvider({ timeoutMs: 60, maxConnections: 2 });
  try {
    for (const [faults] of plan) server.next(faults);
    const credentials = smtpCredentialsFromUrl(server.url);
    const outcomes = await Promise.all(plan.map(([, answer], at) => sendOne(provider, credentials, answer, at)));
    await provider.close();
    await server.until(() => server.openConnections === 0);
    for (const outcome of outcomes) expectTruth(server, outcome);
  } finally {
    await provider.close();
    await server.close();
  }
}

describe('what is said about a mail', () => {
  it.each([
    ['with pipelining', ['PIPELINING']],
    ['without pipelining', []],
  ])(
    'is true whatever server and gate do, %s',
    async (_how, extensions) => {
      const plans = fc.array(fc.tuple(behaviour, gateAnswer), { minLength: 3, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(plans, (plan) => tryOut(plan, extensions)),
        { numRuns: 15 },
      );
    },
    30_000,
  );
});
