import { z } from 'zod';
import { type Workflow } from '#database/database';
import { toWireTime } from '#kernel/local-time';
import { definitionOf } from '#workflows/data/workflow.repository';
import { WORKFLOW_TYPES, workflowBlocks } from '#workflows/domain/workflow-blocks';
import { STATUSES } from '#workflows/domain/workflow-status';
import { pageOf } from '../http/pages.js';
import { line, reference } from '../wire/fields.js';

/** Customers that one workflow can be limited to. */
const MOST_CUSTOMERS = 10_000;

const definition = {
  name: line.describe('Name of the workflow.'),
  description: line.nullish().describe('What the workflow is used for.'),
  type: z.enum(WORKFLOW_TYPES).describe('What the workflow runs for; picks the block of settings. It never changes.'),
  reference: reference.describe('Unique on the platform, archived workflows included.'),
  status: z.enum(STATUSES).describe('Only an ACTIVE workflow starts anything. ARCHIVED is final.'),
  customer_ids: z
    .array(z.string().max(256))
    .max(MOST_CUSTOMERS)
    .nullish()
    .describe('The customers that the workflow is for, at least one; null: every customer.'),
  ...workflowBlocks.shape,
};

export const workflowCreateRequest = z.object(definition).meta({ id: 'WorkflowCreateRequest' });
export type WorkflowCreateRequest = z.output<typeof workflowCreateRequest>;

export const workflowUpdateRequest = z.object(definition).partial().meta({ id: 'WorkflowUpdateRequest' });
export type WorkflowUpdateRequest = z.output<typeof workflowUpdateRequest>;

export const workflowResponse = z
  .object({
    object_type: z.literal('WORKFLOW'),
    id: z.string(),
    ...definition,
    created_at: z.string().describe('When it was created: ISO 8601, UTC, whole seconds.'),
    updated_at: z.string().describe('When it was last changed.'),
    customers: z
      .array(z.looseObject({}))
      .optional()
      .describe('With `expand[]=customer_ids`: the customers themselves.'),
  })
  .meta({ id: 'Workflow' });

export const workflowPage = pageOf(workflowResponse, 'WorkflowPaginatedResponse');

/** @param customers those of `customer_ids` when the caller asked to expand them. */
export function toWire(row: Workflow, customers?: object[]) {
  const { description, customer_ids, ...rest } = definitionOf(row);
  return {
    object_type: 'WORKFLOW',
    id: row.id,
    ...rest,
    description: description ?? undefined,
    customer_ids: customer_ids ?? undefined,
    customers,
    created_at: toWireTime(row.createdAt),
    updated_at: toWireTime(row.updatedAt),
  };
}
