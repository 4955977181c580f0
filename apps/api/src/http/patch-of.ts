import { z } from 'zod';

/** The schema of a PATCH of a resource: as its own, but every member may be absent. */
export type PatchOf<Shape extends z.ZodRawShape> = z.ZodObject<{
  [Name in keyof Shape]: z.ZodOptional<Shape[Name]>;
}>;

/**
 * What a PATCH may say of a resource whose whole is `schema`: any part of it, at every depth of its objects, since objects are
 * merged (RFC 7396). Lists replace, so what stands in them is whole. The merged document is for `schema` itself to judge (e.4).
 */
export function patchOf<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>): PatchOf<Shape> {
  return partial(schema) as unknown as PatchOf<Shape>;
}

function partial({ shape, def }: z.ZodObject): z.ZodObject {
  const members = Object.entries(shape).map(([name, member]) => [name, part(member as z.ZodType).optional()]);
  const object = z.object(Object.fromEntries(members) as z.ZodRawShape);
  return def.catchall ? object.catchall(def.catchall) : object;
}

function part(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) return partial(schema);
  if (schema instanceof z.ZodOptional) return part(schema.unwrap() as z.ZodType);
  if (!(schema instanceof z.ZodNullable)) return schema;
  const inner = schema.unwrap() as z.ZodType;
  return inner instanceof z.ZodObject ? partial(inner).nullable() : schema;
}
