import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#database/database';
import { sql } from '#database/statement';
import { tooManyRequests } from './rate-limit.js';
import { normalUsername } from './user.js';

const MAX_ATTEMPTS = 10;
const WINDOW_MINUTES = 15;

/**
 * Limits guessing of passwords: after 10 logins under one name without success, that name has to wait until 15 minutes after the
 * first. Names that nobody has count alike, so that they cannot be told apart. Shared by all processes.
 */
@Injectable()
export class LoginAttempts {
  constructor(private readonly database: Database) {}

  /** Counts an attempt before it is judged, so that many at once are not judged before they count. @throws DomainError */
  async begin(username: string): Promise<void> {
    const [row] = await this.database.query(sql<{ attempts: number; wait: number }>`
      INSERT INTO login_attempt AS a (subject, attempts, since) VALUES (${subjectOf(username)}, 1, clock_timestamp())
      ON CONFLICT (subject) DO UPDATE SET
        attempts = CASE WHEN a.since < clock_timestamp() - make_interval(mins => ${WINDOW_MINUTES}::int)
                        THEN 1 ELSE a.attempts + 1 END,
        since = CASE WHEN a.since < clock_timestamp() - make_interval(mins => ${WINDOW_MINUTES}::int)
                     THEN clock_timestamp() ELSE a.since END
      RETURNING attempts,
        ceil(extract(epoch FROM since + make_interval(mins => ${WINDOW_MINUTES}::int) - clock_timestamp()))::int AS wait`);
    if (row && row.attempts > MAX_ATTEMPTS) {
      throw tooManyRequests('There were too many failed logins under this name; try again later.', row.wait);
    }
  }

  /** The login was right: the name starts anew. What is too old to count goes as well. */
  async succeeded(username: string): Promise<void> {
    await this.database.query(sql`
      DELETE FROM login_attempt
       WHERE subject = ${subjectOf(username)}
          OR since < clock_timestamp() - make_interval(mins => ${WINDOW_MINUTES}::int)`);
  }
}

function subjectOf(username: string): string {
  return createHash('sha256').update(normalUsername(username)).digest('hex');
}
