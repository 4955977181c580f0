import { BUILT_IN_ROLES, builtInRoleId, type RoleDefinition } from './built-in-roles.js';
import { PERMISSIONS } from './permission-names.js';
import { has } from './rights.js';
import { RoleTree } from './role-tree.js';

const role = (id: string, ...childRoleIds: string[]): RoleDefinition => ({
  id,
  name: id,
  description: '',
  childRoleIds,
});
const treeOf = (...own: RoleDefinition[]) => new RoleTree(new Map(own.map((one) => [one.id, one])));
const allowed = (tree: RoleTree, ...ids: string[]) => {
  const rights = tree.rightsOf(ids);
  return PERMISSIONS.filter((name) => has(rights, name));
};

describe('the shipped roles (e.53)', () => {
  const tree = treeOf();

  it('have an id each', () => {
    expect(BUILT_IN_ROLES.size).toBe(new Set([...BUILT_IN_ROLES.values()].map(({ name }) => name)).size);
    expect([...BUILT_IN_ROLES.keys()].every((id) => /^role_[A-Za-z0-9]{20}$/.test(id))).toBe(true);
  });

  it('are the permissions, without children', () => {
    for (const name of PERMISSIONS) expect(allowed(tree, builtInRoleId(name))).toEqual([name]);
  });

  it('let a Workflow Viewer look, a Contributor write and an Administrator delete', () => {
    const views = ['WORKFLOW.VIEW', 'WORKFLOW_ACTION.VIEW', 'WORKFLOW_TRIGGER.VIEW'];
    expect(allowed(tree, builtInRoleId('Workflow Viewer'))).toEqual(views);
    const contributor = allowed(tree, builtInRoleId('Workflow Contributor'));
    expect(contributor).toEqual(expect.arrayContaining([...views, 'WORKFLOW.CREATE', 'WORKFLOW_ACTION.UPDATE']));
    expect(contributor).not.toContain('WORKFLOW_ACTION.DELETE');
    expect(allowed(tree, builtInRoleId('Workflow Administrator'))).toContain('WORKFLOW_ACTION.DELETE');
  });

  it('have an Administrator of everything and one of users', () => {
    expect(allowed(tree, builtInRoleId('Administrator'))).toEqual([...PERMISSIONS]);
    const users = allowed(tree, builtInRoleId('User Administrator'));
    expect(users).toEqual(expect.arrayContaining(['USER.API.CREATE', 'USER.MORTAL.VIEW', 'ROLE.DELETE']));
    expect(users.every((name) => /^(USER|ROLE)\./.test(name))).toBe(true);
  });
});

describe("a platform's own roles (e.53)", () => {
  it('allow what their children and grandchildren allow', () => {
    const tree = treeOf(role('mine', builtInRoleId('Contact Viewer'), builtInRoleId('CUSTOMER.VIEW')));
    expect(allowed(tree, 'mine')).toEqual(['CONTACT.VIEW', 'CUSTOMER.VIEW']);
  });

  it('allow nothing by their name', () => {
    expect(allowed(treeOf({ ...role('mine'), name: 'CUSTOMER.DELETE' }), 'mine')).toEqual([]);
  });

  it('allow nothing more when one of them is gone', () => {
    expect(allowed(treeOf(), 'gone')).toEqual([]);
  });

  it('may nest two levels and no further', () => {
    const viewer = builtInRoleId('Contact Viewer');
    expect(treeOf(role('mine', viewer)).tooDeep()).toEqual([]);
    expect(
      treeOf(role('mine', viewer), role('upper', 'mine'))
        .tooDeep()
        .map(({ id }) => id),
    ).toEqual(['upper']);
  });

  it('may not go round in a circle', () => {
    const tree = treeOf(role('a', 'b'), role('b', 'a'));
    expect(tree.tooDeep()).toHaveLength(2);
    expect(allowed(tree, 'a')).toEqual([]);
  });
});
