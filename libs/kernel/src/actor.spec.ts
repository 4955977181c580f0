import { setImmediate } from 'node:timers/promises';
import { asActor, currentActor } from './actor.js';

const key = { type: 'API_KEY', id: 'apik_1', requestId: 'reqr_1' } as const;

it('is the system when nobody was named', () => {
  expect(currentActor()).toEqual({ type: 'SYSTEM', id: null, requestId: null });
});

it('stays the same across what the work awaits, and ends with it', async () => {
  await asActor(key, async () => {
    await setImmediate();
    expect(currentActor()).toEqual(key);
  });
  expect(currentActor().type).toBe('SYSTEM');
});

it('keeps actors that work at the same time apart', async () => {
  const seen = await Promise.all(
    ['apik_1', 'apik_2'].map((id) =>
      asActor({ ...key, id }, async () => {
        await setImmediate();
        return currentActor().id;
      }),
    ),
  );
  expect(seen).toEqual(['apik_1', 'apik_2']);
});
