import { type Database } from '#database/database';
import { enrol } from './advance-cadence.js';
import { timedResource, timedType } from './timed-resources.js';

const PAGE = 200;

interface WorkflowEnrolling {
  platformId: string;
  id: string;
  type: string;
  cursor: string;
  revision: bigint;
}

/**
 * One page of the enrolment of what was already open when a time-driven workflow was activated or edited. Runs after that
 * change committed; the platform's lock made sure that every resource recorded since has seen the workflow (rule 5, ADR).
 *
 * @returns whether a page was done; false when no workflow waits for enrolment.
 */
export async function enrolNextPage(database: Database): Promise<boolean> {
  const [workflow] = await database.client.$queryRaw<WorkflowEnrolling[]>`
    SELECT platform_id AS "platformId", id, type, enrol_cursor AS cursor, revision FROM workflow
     WHERE enrol_cursor IS NOT NULL ORDER BY activated_at NULLS LAST LIMIT 1`;
  if (!workflow) return false;
  const { platformId, id, cursor, revision } = workflow;
  const resourceType = timedType(workflow.type);
  const ids = resourceType ? await timedResource(resourceType).openIds(database.client, platformId, cursor, PAGE) : [];
  let enrolled = 0;
  for (const resourceId of ids) {
    const key = resourceType && { platformId, workflowId: id, resourceType, resourceId };
    if (key && (await database.transaction((tx) => enrol(tx, key)))) enrolled += 1;
  }
  // Another worker may have taken the same page, or an edit may have started over, perhaps at the very same page: then its
  // cursor stands and the page is done again.
  await database.client.$executeRaw`
    UPDATE workflow SET enrol_cursor = ${ids.at(-1) ?? null}, enrolled_count = enrolled_count + ${enrolled}
     WHERE platform_id = ${platformId} AND id = ${id} AND enrol_cursor = ${cursor} AND revision = ${revision}`;
  return true;
}
