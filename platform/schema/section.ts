import { z } from "zod";
import { suggestion } from "../../values/nearest.ts";
import { show } from "../issue.ts";
import type { LeafIssue } from "./leaf.ts";

/**
 * A group of named values. Unlike in a strict zod object, an unknown key suggests the nearest known one and does not
 * hide other issues.
 */
export function section<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  const schema = z.looseObject(shape).check((context) => {
    for (const key of Object.keys(context.value)) {
      if (known.includes(key)) continue;
      const values: Record<string, unknown> = context.value;
      const params = {
        value: show(values[key]),
        allowed: `"${key}" is not a known key`,
        fix: suggestion(key, known),
      } satisfies LeafIssue;
      context.issues.push({
        code: "custom",
        input: context.value,
        path: [key],
        params,
        continue: true,
      });
      // Cross-checks must not see it: "tasks" of a service would make it a job.
      delete values[key];
    }
  });
  // zod leaves a missing key out even where a stand-in was given for it; an explicit undefined it replaces.
  const absent = Object.fromEntries(known.map((key) => [key, undefined]));
  const whole = z.preprocess((value) => (isPlainObject(value) ? { ...absent, ...value } : value), schema);
  return whole as unknown as z.ZodObject<Shape, z.core.$strict>;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
