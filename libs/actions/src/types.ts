import { type ActionType } from './action-type.js';
import { sendEmailToCustomer } from './send-email-to-customer/type.js';

/** Every action type. A new one is a folder and a line here. */
export const ACTION_TYPES = [sendEmailToCustomer] as const satisfies readonly ActionType[];

export type ActionTypeName = (typeof ACTION_TYPES)[number]['name'];

/** The type of that name; undefined when this version knows none. */
export function findActionType(name: string): ActionType | undefined {
  return (ACTION_TYPES as readonly ActionType[]).find((type) => type.name === name);
}
