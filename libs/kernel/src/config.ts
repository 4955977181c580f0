import { type z } from 'zod';

/**
 * Parses the environment once, at boot. Empty variables count as unset.
 * @throws when any is wrong: names every bad variable and what it must be, never prints a value.
 */
export function loadConfig<T>(schema: z.ZodType<T>, env: Record<string, string | undefined>): T {
  const stated = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(stated);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment cannot be used:\n${problems.join('\n')}\nSee "Settings" in README.md.`);
}
