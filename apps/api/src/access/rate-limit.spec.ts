import { DomainError } from '#kernel/errors';
import { RateLimit } from './rate-limit.js';

const refusal = (work: () => void) => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  return null;
};

describe('the rate limit (e.15)', () => {
  it('is off when it is 0', () => {
    const limit = new RateLimit(0);
    for (let i = 0; i < 1_000; i += 1) limit.take('apik_1', 0);
  });

  it('allows a minute’s worth at once, then says how long to wait', () => {
    const limit = new RateLimit(30);
    for (let i = 0; i < 30; i += 1) limit.take('apik_1', 0);
    expect(refusal(() => limit.take('apik_1', 0))).toMatchObject({
      code: 'UNABLE_TO_PROCESS_INSTRUCTIONS',
      details: { retryAfter: 2 },
    });
    expect(refusal(() => limit.take('apik_1', 2_000))).toBeNull();
  });

  it('gives back evenly, and no more than a minute’s worth', () => {
    const limit = new RateLimit(2);
    limit.take('apik_1', 0);
    limit.take('apik_1', 3_600_000);
    limit.take('apik_1', 3_600_000);
    expect(refusal(() => limit.take('apik_1', 3_600_000))).not.toBeNull();
  });

  it('counts each caller alone', () => {
    const limit = new RateLimit(1);
    limit.take('apik_1', 0);
    limit.take('apik_2', 0);
    expect(refusal(() => limit.take('apik_1', 0))).not.toBeNull();
  });
});
