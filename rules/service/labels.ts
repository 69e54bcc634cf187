import { workloads } from "../../analysis/workload/index.ts";
import { isUnknown, type Value } from "../../graph/index.ts";
import { isLabel } from "../../resources/labels.ts";
import type { Rule } from "../rule.ts";

/** Labels are written as Google Cloud takes them. */
export const labels: Rule = {
  id: "service/labels",
  why: "Google Cloud takes no capitals and no spaces in labels, and the provider does not look.",
  limit: "keys and values of 63 characters: lower-case letters, digits, underscores and hyphens",
  fix: "Write it in lower case, with hyphens for spaces.",
  source: "https://docs.cloud.google.com/run/docs/configuring/labels",
  *check(graph) {
    for (const { resource, kind, generation } of workloads(graph)) {
      if (kind === "service" && generation === 1) continue;
      for (const path of ["labels", "template.labels"]) {
        const written = resource.get(path);
        if (typeof written !== "object" || Array.isArray(written) || isUnknown(written)) continue;
        for (const [key, value] of Object.entries(written as { readonly [key: string]: Value })) {
          if (isLabel(key) && key !== "" && (typeof value !== "string" || isLabel(value))) continue;
          const shown = typeof value === "string" ? `${key} = "${value}"` : key;
          yield {
            resource,
            message: `${path} holds ${shown}; rejected by the API: labels are lower-case letters, digits, underscores and hyphens, 63 at most.`,
          };
        }
      }
    }
  },
};
