import type { z } from "zod";
import type { Path } from "../issue.ts";

/** How the value at a path is written, with every setting that has no default: `{ availability: ..., latency: ... }`. */
export function formAt(schema: z.core.$ZodType, path: Path): string {
  return form(path.reduce<z.core.$ZodType | undefined>(step, schema));
}

type Definition = z.core.$ZodTypes["_zod"]["def"];
const definition = (schema: z.core.$ZodType): Definition => (schema as z.core.$ZodTypes)._zod.def;

/** What is within defaults and preprocessing. */
function inner(schema: z.core.$ZodType | undefined): Definition | undefined {
  const def = schema === undefined ? undefined : definition(schema);
  switch (def?.type) {
    case "default":
    case "prefault":
    case "optional":
      return inner(def.innerType);
    case "pipe":
      return inner(def.out);
    default:
      return def;
  }
}

function step(schema: z.core.$ZodType | undefined, key: string | number): z.core.$ZodType | undefined {
  const def = inner(schema);
  if (def?.type === "object") return def.shape[key];
  return def?.type === "array" ? def.element : undefined;
}

function form(schema: z.core.$ZodType | undefined): string {
  const def = inner(schema);
  if (def?.type === "array") return `[${form(def.element)}]`;
  if (def?.type !== "object") return "...";
  const required = Object.entries(def.shape).filter(
    ([, value]) => !["default", "prefault", "optional"].includes(definition(value).type),
  );
  return required.length === 0 ? "{}" : `{ ${required.map(([key]) => `${key}: ...`).join(", ")} }`;
}
