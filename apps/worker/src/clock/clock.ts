import { type Database } from '#database/database';
import { advanceCadence } from '#workflows/advance-cadence';
import { dueCadences } from '#workflows/data/cadence.repository';
import { enrolNextPage } from '#workflows/enrol-open-resources';

const WAVE = 100;

/**
 * Time as a producer of triggers: cadences whose instant has come move to their next step, what was already open is enrolled.
 * An idle tick is two index probes.
 * @param onError a cadence that fails is tried again at the next tick and holds up no other one.
 * @returns whether there may be more to do right now.
 */
export async function tick(
  database: Database,
  onPlanned: () => void,
  onError: (error: unknown) => void,
): Promise<boolean> {
  const due = await dueCadences(database.client, WAVE);
  let failed = 0;
  for (const key of due) {
    try {
      if (await database.transaction((tx) => advanceCadence(tx, key))) onPlanned();
    } catch (error) {
      failed += 1;
      onError(error);
    }
  }
  const enrolled = await enrolNextPage(database);
  return enrolled || (due.length === WAVE && failed < WAVE);
}
