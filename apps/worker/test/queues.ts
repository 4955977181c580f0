import { testRedisUrl } from '#testing/test-redis';

export type QueueKind = 'PostgreSQL' | 'Redis';

/** The queues that this machine can test; global setup has said so when Redis is not one of them. */
export const QUEUES: QueueKind[] = testRedisUrl() ? ['PostgreSQL', 'Redis'] : ['PostgreSQL'];
