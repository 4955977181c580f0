import { type z } from 'zod';

/** What an action needs to know of the workflow that owns it. */
export interface OwningWorkflow {
  type: string;
  /** Null while the workflow is a draft without one. */
  variant: string | null;
}

/** An integration that a configuration names. */
export interface NamedIntegration {
  id: string;
  /** Dotted path in the action. */
  field: string;
  /** The type that it must have, e.g. `EMAIL_PROVIDER`. */
  type: string;
}

/**
 * One kind of action, as the API sees it: what its configuration block may say. What it does when it runs is its handler.
 * Add a type by adding a folder, a line in `types.ts`, and its handler in the worker's module.
 */
export interface ActionType<Config extends object = object> {
  /** On the wire and in column `type`, e.g. `SEND_EMAIL_TO_CUSTOMER`. */
  readonly name: string;
  /** The name of its configuration block on the wire, e.g. `send_email_to_customer`. */
  readonly block: string;
  /** What the block may say; every part may be absent, since a draft may lack it. */
  readonly schema: z.ZodType<Config>;
  /** The configuration with all that the workflow and the contract settle when it is absent. */
  withDefaults(config: Config, workflow: OwningWorkflow): Config;
  /**
   * Refuses what does not fit the workflow and, when it has to be `complete` (any status but DRAFT), what lacks something.
   * @throws DomainError for the first problem, with its field.
   */
  check(config: Config, workflow: OwningWorkflow, complete: boolean): void;
  /** The integration that the configuration names; null when it names none. */
  integration(config: Config): NamedIntegration | null;
}
