import { isAscii } from 'node:buffer';
import { PermanentFailure } from '#kernel/failures';
import { type OutgoingMail, type SentMail } from '../../email-provider.js';
import { addressKey, addressProblem, asciiAddress } from '../../message/address.js';
import { ConnectionLost, type Dialogue } from './dialogue.js';
import { dotStuffed, END_OF_DATA } from './dot-stuffing.js';
import { lostAfterDot, lostBeforeDot, refusal, sentence, type Step } from './failures.js';
import { queueId, replyText, type Reply } from './reply.js';

/** What the server announced that matters to a transaction. */
export interface Extensions {
  pipelining: boolean;
  eightBitMime: boolean;
  /** In bytes; null when it stated no limit. */
  maxSize: number | null;
}

/**
 * One mail over one connection: envelope, 354, the whole body out of this process, the gate, the dot, the answer.
 *
 * The dot is handed to the socket in the same turn in which the gate has passed and the connection is seen to be whole.
 * So whatever is thrown is exact: before that turn the mail surely did not leave, although the gate may have passed;
 * after it only a reply tells. Afterwards the dialogue is either lost or ready for the next mail.
 *
 * @throws as `EmailProvider.send` does; the gate's own error when it rejects.
 */
export async function transact(
  dialogue: Dialogue,
  extensions: Extensions,
  mail: OutgoingMail,
  gate: () => Promise<void>,
): Promise<SentMail> {
  const plan = planned(mail, extensions);
  try {
    const refused = await agreeOnEnvelope(dialogue, extensions, plan);
    await openBody(dialogue);
    await dialogue.drain(plan.body);
    await pass(gate, dialogue);
    // Nothing may be awaited between here and the dot.
    if (dialogue.loss) throw dialogue.loss;
    const reply = await conclude(dialogue);
    return { providerMessageId: queueId(reply), response: replyText(reply), refused };
  } catch (error) {
    if (error instanceof ConnectionLost) throw lostBeforeDot(error);
    throw error;
  }
}

interface Plan {
  mailFrom: string;
  recipients: { address: string; command: string; required: boolean }[];
  body: Buffer;
}

function planned({ envelope, mime }: OutgoingMail, extensions: Extensions): Plan {
  if (extensions.maxSize !== null && mime.length > extensions.maxSize) {
    const detail = `${mime.length} bytes, the limit is ${extensions.maxSize}`;
    throw new PermanentFailure('MESSAGE_TOO_LARGE', sentence('MESSAGE_TOO_LARGE', detail));
  }
  const parameter = extensions.eightBitMime && !isAscii(mime) ? ' BODY=8BITMIME' : '';
  return {
    mailFrom: `MAIL FROM:<${wire(envelope.from, 'SENDER_INVALID')}>${parameter}`,
    recipients: envelope.to.map((address) => ({
      address,
      command: `RCPT TO:<${wire(address, 'RECIPIENT_INVALID')}>`,
      required: addressKey(address) === addressKey(envelope.required),
    })),
    body: dotStuffed(mime),
  };
}

/** Also keeps line breaks, and with them further commands, out of the dialogue. */
function wire(address: string, code: 'SENDER_INVALID' | 'RECIPIENT_INVALID'): string {
  const problem = addressProblem(address);
  if (problem !== null) throw new PermanentFailure(code, `An address of this mail cannot be used: ${problem}`);
  return asciiAddress(address);
}

/** @returns the copies that the server would not take. */
async function agreeOnEnvelope(
  dialogue: Dialogue,
  { pipelining }: Extensions,
  plan: Plan,
): Promise<SentMail['refused']> {
  const commands = [plan.mailFrom, ...plan.recipients.map(({ command }) => command)];
  const replies = pipelining ? await dialogue.askAll(commands) : await askInTurn(dialogue, commands);
  const [sender, ...answers] = replies;
  if (sender && !accepts(sender)) return refuse(dialogue, 'MAIL', sender);

  const refused: SentMail['refused'] = [];
  for (const [index, answer] of answers.entries()) {
    const recipient = plan.recipients[index];
    if (!recipient || accepts(answer)) continue;
    if (recipient.required || answer.code === 421) return refuse(dialogue, 'RCPT', answer);
    refused.push({ address: recipient.address, response: replyText(answer) });
  }
  if (dialogue.loss) throw dialogue.loss;
  return refused;
}

/** One command at a time, up to the first reply that makes the rest pointless. */
async function askInTurn(dialogue: Dialogue, commands: readonly string[]): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (const command of commands) {
    const reply = await dialogue.ask(command);
    replies.push(reply);
    if (reply.code === 421 || (replies.length === 1 && !accepts(reply))) break;
  }
  return replies;
}

async function openBody(dialogue: Dialogue): Promise<void> {
  const reply = await dialogue.ask('DATA');
  if (reply.code === 354) return;
  // Any other 2yz or 3yz is the answer to something else: a doubled 250 has shifted all replies by one.
  await refuse(dialogue, 'DATA', reply);
}

async function pass(gate: () => Promise<void>, dialogue: Dialogue): Promise<void> {
  try {
    await gate();
  } catch (error) {
    dialogue.destroy('The gate did not let the mail pass.');
    throw error;
  }
}

async function conclude(dialogue: Dialogue): Promise<Reply> {
  let reply: Reply;
  try {
    reply = await dialogue.conclude(END_OF_DATA);
  } catch (error) {
    if (error instanceof ConnectionLost) throw lostAfterDot(error);
    throw error;
  }
  if (accepts(reply)) return reply;
  if (reply.code >= 400) throw refusal('DOT', reply);
  throw lostAfterDot(outOfStep(dialogue, `answered the end of the mail with “${replyText(reply)}”`));
}

/**
 * Ends a transaction that the server refuses, and believes the refusal only when the connection proves to be in step: on
 * one that is off by a reply, another recipient's 550 would condemn this one. A server that hangs up instead is believed.
 */
async function refuse(dialogue: Dialogue, step: Step, reply: Reply): Promise<never> {
  if (reply.code < 400) throw outOfStep(dialogue, `answered ${step} with “${replyText(reply)}”`);
  if (reply.code === 421) {
    dialogue.destroy('The mail server is closing the connection.');
    throw refusal(step, reply);
  }
  try {
    const reset = await dialogue.ask('RSET');
    if (reset.code !== 250) throw outOfStep(dialogue, `answered RSET with “${replyText(reset)}”`);
  } catch (error) {
    if (!(error instanceof ConnectionLost) || error.how !== 'CLOSED') throw error;
  }
  throw refusal(step, reply);
}

function outOfStep(dialogue: Dialogue, what: string): ConnectionLost {
  const message = `The mail server ${what}.`;
  dialogue.destroy(message);
  return new ConnectionLost('OUT_OF_STEP', message);
}

function accepts(reply: Reply): boolean {
  return reply.code >= 200 && reply.code < 300;
}
