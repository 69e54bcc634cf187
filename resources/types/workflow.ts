import { custom } from "../constraints/index.ts";
import { nameForm } from "../name-form.ts";
import type { ResourceType } from "../resource-type.ts";

/** Definition of Workflows. */
export const workflow: ResourceType = {
  type: "google_workflows_workflow",
  label: "workflow",
  fieldRules: [
    {
      id: "service/workflow",
      source: "https://docs.cloud.google.com/workflows/docs/use-environment-variables",
      constraints: [
        custom("user_env_vars: no name that begins with GOOGLE or WORKFLOWS", function* (definition) {
          const path = "user_env_vars";
          const variables = definition.isUnknown(path) ? undefined : definition.get(path);
          for (const name of Object.keys(variables ?? {}))
            if (/^(GOOGLE|WORKFLOWS)/.test(name))
              yield {
                found: `user_env_vars has "${name}"`,
                because: "names that begin with GOOGLE or WORKFLOWS are those of Workflows",
                fix: "Choose another name.",
              };
        }),
      ],
    },
    nameForm(/^[A-Za-z](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?$/, {
      source: "https://docs.cloud.google.com/workflows/docs/creating-updating-workflow",
      words: "1 to 64 letters, digits, hyphens and underscores, a letter first and a letter or digit last",
    }),
  ],
};
