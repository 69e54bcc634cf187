import { valuesAt } from "../../analysis/references/references.ts";
import { durationFields } from "../../resources/duration-fields.ts";
import type { Rule } from "../rule.ts";

const DURATION = /^-?\d+(\.\d{1,9})?s$/;
const WORDS = /^(\d+(?:\.\d+)?)\s*(ms|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?)?$/i;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Google's APIs write a duration in seconds, in every field that is one. */
export const duration: Rule = {
  id: "schema/duration",
  why: "The provider passes a duration on as it is written, and the API takes seconds only: minutes, hours and days fail the apply.",
  limit: `seconds followed by "s", for example "300s", in ${Object.keys(durationFields).join(", ")}`,
  fix: 'Write the seconds followed by "s".',
  source: "https://protobuf.dev/reference/protobuf/google.protobuf/#duration",
  *check(graph) {
    for (const [type, paths] of Object.entries(durationFields))
      for (const resource of graph.all(type))
        for (const path of paths)
          for (const value of valuesAt(resource, path)) {
            const text = typeof value === "number" ? String(value) : value;
            if (typeof text !== "string" || text === "" || DURATION.test(text)) continue;
            yield {
              resource,
              severity: "error",
              message: `${path} is "${text}"; rejected by the API: a duration is seconds followed by "s".`,
              fix: `Write ${path.slice(path.lastIndexOf(".") + 1)} = "${inSeconds(text)}".`,
              givesWayOn: [path],
            };
          }
  },
};

/** "604800s" for "7d"; an example where the text cannot be read. */
function inSeconds(text: string): string {
  const [, number, unit = "s"] = WORDS.exec(text) ?? [];
  if (number === undefined) return "300s";
  const factor = unit.toLowerCase() === "ms" ? 0.001 : (SECONDS[unit[0]?.toLowerCase() ?? "s"] ?? 1);
  return `${Number((Number(number) * factor).toFixed(9))}s`;
}
