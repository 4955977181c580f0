import { type Chapter, EXAMPLE_IDS, type Json } from '../documentation/chapter.js';

const fields = { name: 'Collections', description: 'Sees workflows and may start them', child_role_ids: [] };
const role: Json = { object_type: 'ROLE', id: EXAMPLE_IDS.role, ...fields, entity_id: EXAMPLE_IDS.platform };

export const roleDocs: Chapter = {
  tag: 'roles',
  about:
    'What callers may do. Permissions are roles without children; roles are made of them, at most two levels deep.',
  noun: 'role',
  example: role,
  operations: {
    'GET /v1/roles': {
      summary: 'List roles',
      text: 'The shipped roles and permissions, which are the oldest, and those of the platform.',
    },
    'POST /v1/roles': {
      summary: 'Create a role',
      text: 'Made of the roles and permissions in `child_role_ids`; find their ids in the list. Two levels at most, and no circles.',
      body: fields,
    },
    'GET /v1/roles/{resourceId}': { summary: 'Read a role', text: 'One role with its children in line.' },
    'PATCH /v1/roles/{resourceId}': {
      summary: 'Change a role',
      text: 'Only roles of the platform; shipped ones stay as they are. Who has the role may do the new things at once.',
      body: { description: 'Sees workflows, and may start them by hand' },
    },
    'DELETE /v1/roles/{resourceId}': {
      summary: 'Delete a role',
      text: 'Only while nobody has it and no role is made of it; else 400. Answers it as it was.',
    },
  },
};
