import { form } from "./constraints/index.ts";
import type { FieldRule } from "./resource-type.ts";

/** What only the API reads in the template of a service, a job or a worker pool, at its path: "template". */
export function runTemplate(template: string): FieldRule {
  return {
    id: "service/template-words",
    why: "Cloud Run mounts secrets at relative paths and has accelerators of its own names; the provider takes any text.",
    source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Volume",
    constraints: [
      form("path", /^(?!\/)(?!(.*\/)?\.\.(\/|$))[^\0]+$/, {
        within: `${template}.volumes[].secret.items[]`,
        form: "a relative path without ..",
        examples: ["config.yaml"],
      }),
      form("accelerator", /^nvidia-(?!tesla-)[a-z0-9-]+$/, {
        within: `${template}.node_selector`,
        form: "an accelerator of Cloud Run",
        examples: ["nvidia-l4"],
        source: "https://docs.cloud.google.com/run/docs/configuring/services/gpu",
      }),
    ],
  };
}
