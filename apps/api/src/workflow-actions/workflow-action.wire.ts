import { z } from 'zod';
import { ACTION_TYPES, type ActionTypeName } from '#actions/types';
import { type WorkflowAction } from '#database/database';
import { toWireTime } from '#kernel/local-time';
import { STATUSES } from '#workflows/domain/workflow-status';
import { id, kept, line } from '../wire/fields.js';

/** The configuration blocks of all action types by name; an action has the one of its own type. */
const blocks = Object.fromEntries(ACTION_TYPES.map(({ block, schema }) => [block, schema.optional()]));
const types = ACTION_TYPES.map(({ name }) => name) as [ActionTypeName, ...ActionTypeName[]];

const definition = z.object({
  workflow_id: id.describe('The workflow that owns the action. It never changes.'),
  type: z.enum(types).describe('What the action does; picks the block of settings. It never changes.'),
  description: line.nullish().describe('What the action is for.'),
  status: z.enum(STATUSES).describe('Only ACTIVE actions of an ACTIVE workflow run. ARCHIVED is final.'),
});

export const workflowActionCreateRequest = definition.extend(blocks).meta({ id: 'WorkflowActionCreateRequest' });
export type WorkflowActionCreateRequest = z.output<typeof definition> & Record<string, unknown>;

export const workflowActionUpdateRequest = definition
  .extend(blocks)
  .partial()
  .meta({ id: 'WorkflowActionUpdateRequest' });
export type WorkflowActionUpdateRequest = Partial<WorkflowActionCreateRequest>;

export const workflowActionResponse = z
  .object({
    object_type: z.literal('WORKFLOW_ACTION'),
    id: z.string(),
    ...definition.shape,
    ...blocks,
    created_at: z.string().describe('When it was created: ISO 8601, UTC, whole seconds.'),
    updated_at: z.string().describe('When it was last changed.'),
    workflow: kept.optional().describe('With `expand[]=workflow_id`.'),
    integration: kept.optional().describe('With `expand[]=integration_id`.'),
  })
  .meta({ id: 'WorkflowAction' });

/** What a caller asked to see in line; undefined parts were not asked for or do not exist. */
export interface ActionExpansion {
  workflow?: object;
  integration?: object;
}

export function toWire(row: WorkflowAction, { workflow, integration }: ActionExpansion = {}) {
  const block = ACTION_TYPES.find(({ name }) => name === row.type)?.block;
  return {
    object_type: 'WORKFLOW_ACTION',
    id: row.id,
    workflow_id: row.workflowId,
    type: row.type,
    description: row.description ?? undefined,
    status: row.status,
    ...(block !== undefined && row.config !== null ? { [block]: row.config } : {}),
    created_at: toWireTime(row.createdAt),
    updated_at: toWireTime(row.updatedAt),
    workflow,
    integration,
  };
}
