import type { z } from "zod";
import type { Path } from "../issue.ts";

/** How the value at a path is written, with every setting that has no default: `{ availability: ..., latency: ... }`. */
export function formAt(schema: z.core.$ZodType, path: Path): string {
  return form(path.reduce<z.core.$ZodType | undefined>(schemaOf, schema));
}

/** The schema of a setting in a section, or of an element of a list. */
export function schemaOf(
  schema: z.core.$ZodType | undefined,
  key: string | number,
): z.core.$ZodType | undefined {
  const def = definition(bare(schema));
  if (def?.type === "object") return def.shape[key];
  return def?.type === "array" ? def.element : undefined;
}

/** A schema without its default and its preprocessing. */
export function bare(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  const def = definition(schema);
  switch (def?.type) {
    case "default":
    case "prefault":
    case "optional":
      return bare(def.innerType);
    case "pipe":
      return bare(def.out);
    default:
      return schema;
  }
}

const definition = (schema: z.core.$ZodType | undefined): z.core.$ZodTypes["_zod"]["def"] | undefined =>
  (schema as z.core.$ZodTypes | undefined)?._zod.def;

function form(schema: z.core.$ZodType | undefined): string {
  const def = definition(bare(schema));
  if (def?.type === "array") return `[${form(def.element)}]`;
  if (def?.type !== "object") return "...";
  const required = Object.entries(def.shape).filter(
    ([, value]) => !["default", "prefault", "optional"].includes(value._zod.def.type),
  );
  return required.length === 0 ? "{}" : `{ ${required.map(([key]) => `${key}: ...`).join(", ")} }`;
}
