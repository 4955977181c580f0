import { type Database } from '#database/database';
import { advanceCadence } from '#workflows/advance-cadence';
import { dueCadences } from '#workflows/data/cadence.repository';
import { enrolNextPage } from '#workflows/enrol-open-resources';

/** One look of the clock at every cadence whose instant has come. @returns how many steps were planned. */
export async function runClock(database: Database): Promise<number> {
  let planned = 0;
  for (const key of await dueCadences(database.client, 1000)) {
    if (await database.transaction((tx) => advanceCadence(tx, key))) planned += 1;
  }
  return planned;
}

/** Enrols what was open already, to the end. */
export async function enrolAll(database: Database): Promise<void> {
  while (await enrolNextPage(database)) {
    // The next page.
  }
}
