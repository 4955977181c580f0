import { type EmailProvider, type OutgoingMail } from '#email/email-provider';
import { PermanentFailure, Throttled, TransientFailure, UnknownOutcome } from '#kernel/failures';

/** What the provider's other side does with the next mail. */
export type Treatment = 'accept' | 'refuse' | 'ask to wait' | 'vanish before' | 'vanish after';

/** A provider and the other side that it talks to, under the test's control. */
export interface ProviderWorld<C> {
  provider: EmailProvider<C>;
  credentials: C;
  wrongCredentials: C;
  /** `vanish before`: the other side goes away before the mail could leave. `vanish after`: it never answers the mail. */
  next(treatment: Treatment): void;
  /** Message-IDs of the mails that the other side has taken, in order. */
  taken(): string[];
  stop(): Promise<void>;
}

export function outgoing(overrides: Partial<OutgoingMail> & { to?: string[] } = {}): OutgoingMail {
  const { to = ['ada@example.com'], messageId = '<1@mail.example>', ...rest } = overrides;
  const head = [`Message-ID: ${messageId}`, 'From: billing@mail.example', `To: ${to[0]}`, 'Subject: Your invoice'];
  return {
    envelope: { from: 'billing@mail.example', to, required: to[0]! },
    mime: Buffer.from([...head, '', 'Dear Ada,', '.', '..and so on', ''].join('\r\n')),
    messageId,
    ...rest,
  };
}

/** A gate that counts how often it was asked and then does what `then` does. */
export function countingGate(then: () => void | Promise<void> = () => undefined): { (): Promise<void>; asked: number } {
  const gate = async (): Promise<void> => {
    gate.asked += 1;
    await then();
  };
  gate.asked = 0;
  return gate;
}

/** The suite that every `EmailProvider` passes. */
export function emailProviderContract<C>(name: string, start: () => Promise<ProviderWorld<C>>): void {
  describe(`${name} as a provider`, () => {
    let world: ProviderWorld<C>;
    beforeEach(async () => (world = await start()));
    afterEach(async () => {
      await world.provider.close();
      await world.stop();
    });

    const send = (gate: () => Promise<void>, mail = outgoing()) =>
      world.provider.send(mail, world.credentials, 'inte_1/1', gate);

    it('delivers a mail that the gate lets pass, and asks the gate once', async () => {
      const gate = countingGate(() => expect(world.taken()).toEqual([]));
      const sent = await send(gate);
      expect(sent.refused).toEqual([]);
      expect(sent.response).not.toBe('');
      expect(gate.asked).toBe(1);
      expect(world.taken()).toEqual(['<1@mail.example>']);
    });

    it('delivers nothing when the gate rejects, now or later, and rejects with the error of the gate', async () => {
      const closed = new Error('the invoice has been paid');
      await expect(send(() => Promise.reject(closed))).rejects.toBe(closed);
      await send(countingGate(), outgoing({ messageId: '<2@mail.example>' }));
      expect(world.taken()).toEqual(['<2@mail.example>']);
    });

    it.each([
      ['refuse', PermanentFailure],
      ['ask to wait', Throttled],
      ['vanish before', TransientFailure],
    ] as const)(
      'knows that a mail surely did not arrive when the other side does this: %s',
      async (treatment, failure) => {
        world.next(treatment);
        await expect(send(countingGate())).rejects.toBeInstanceOf(failure);
        expect(world.taken()).toEqual([]);
      },
    );

    it('does not ask the gate when the other side vanishes before the mail could leave', async () => {
      const gate = countingGate();
      world.next('vanish before');
      await expect(send(gate)).rejects.toBeInstanceOf(TransientFailure);
      expect(gate.asked).toBe(0);
    });

    it('does not know what became of a mail whose answer is lost', async () => {
      const gate = countingGate();
      world.next('vanish after');
      await expect(send(gate)).rejects.toBeInstanceOf(UnknownOutcome);
      expect(gate.asked).toBe(1);
    });

    it('says whether credentials work, without sending', async () => {
      expect(await world.provider.verify(world.credentials)).toMatchObject({ successful: true });
      expect(await world.provider.verify(world.wrongCredentials)).toMatchObject({ successful: false });
      expect(world.taken()).toEqual([]);
    });

    it('waits for the mail under way when it closes, and takes no other', async () => {
      let closing: Promise<void> | undefined;
      const gate = countingGate(() => {
        closing = world.provider.close();
      });
      await send(gate);
      await closing;
      expect(world.taken()).toHaveLength(1);
      await expect(send(countingGate())).rejects.toBeInstanceOf(TransientFailure);
      expect(world.taken()).toHaveLength(1);
    });
  });
}
