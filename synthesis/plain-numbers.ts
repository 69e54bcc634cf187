import type { z } from "zod";
import type { ReportedIssue } from "../platform/issue.ts";
import { environmentSchema } from "../platform/schema/environment.ts";
import { bare } from "../platform/schema/form.ts";
import { leafControls } from "../platform/schema/leaf.ts";
import { meshEnvironmentSchema } from "../platform/schema/mesh.ts";

/** How an environment file writes a number of a unit. */
const WRITTEN: Readonly<Record<string, string>> = {
  s: "seconds(...), minutes(...) or days(...)",
  MiB: "gibibytes(...) or mebibytes(...)",
  "Mbit/s": "megabitsPerSecond(...)",
};

/**
 * Plain numbers where a unit is meant, by the text of an environment file: types refuse them, but `npm start` does not look
 * at types, and once the file is loaded 300 and seconds(300) are the same.
 */
export function plainNumbers(text: string): ReportedIssue[] {
  const code = text.replaceAll(NO_CODE, (part) => part.replaceAll(/[^\n]/g, " "));
  return [...code.matchAll(/(?<![\w.$])(\w+)\s*:\s*(\d[\d_.]*)\s*(?=[,}\n])/g)].flatMap(
    ([, key = "", number = ""], index, all) => {
      const written = WRITTEN[unitsByKey().get(key) ?? ""];
      if (written === undefined) return [];
      const line = code.slice(0, all[index]?.index).split("\n").length;
      return [
        {
          path: `${key} (line ${line})`,
          value: number,
          allowed: "allowed is a number with its unit",
          fix: `write ${written}`,
        },
      ];
    },
  );
}

/** Comments and texts. */
const NO_CODE = /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;

let known: ReadonlyMap<string, string> | undefined;

/** The unit of each key of the schemas that has the same one wherever it is. */
function unitsByKey(): ReadonlyMap<string, string> {
  if (known !== undefined) return known;
  const found = new Map<string, Set<string>>();
  const walk = (schema: z.core.$ZodType | undefined, key: string): void => {
    const plain = bare(schema);
    if (plain === undefined) return;
    const { def } = (plain as z.core.$ZodTypes)._zod;
    if (def.type === "object") for (const [name, inner] of Object.entries(def.shape)) walk(inner, name);
    else if (def.type === "array") walk(def.element, key);
    else {
      const control = leafControls.get(plain);
      const unit = control?.kind === "number" ? control.unit : "";
      found.set(key, (found.get(key) ?? new Set()).add(unit));
    }
  };
  walk(environmentSchema, "");
  walk(meshEnvironmentSchema, "");
  known = new Map([...found].flatMap(([key, units]) => (units.size === 1 ? [[key, [...units].join()]] : [])));
  return known;
}
