import { AsyncLocalStorage } from 'node:async_hooks';

/** Who does what is being done. SYSTEM is everything that nobody asked for: a timer, the worker, a script. */
export interface Actor {
  type: 'API_KEY' | 'USER' | 'SYSTEM';
  /** Of the key or the user; null for SYSTEM, and for a person whom an identity provider vouches for by a claim only. */
  id: string | null;
  /** Of the request that is being answered; null outside of requests. */
  requestId: string | null;
  /** The `Idempotency-Key` of that request, when it has one. */
  idempotencyKey?: string | null;
}

const SYSTEM: Actor = { type: 'SYSTEM', id: null, requestId: null };
const ambient = new AsyncLocalStorage<Actor>();

/** The actor of the request (or of the `asActor`) that this code runs in; SYSTEM outside of both. */
export function currentActor(): Actor {
  return ambient.getStore() ?? SYSTEM;
}

/** Does the work, and all that it awaits or starts, in the name of the actor. */
export function asActor<T>(actor: Actor, work: () => T): T {
  return ambient.run(actor, work);
}
