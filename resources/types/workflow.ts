import { nameForm } from "../name-form.ts";
import type { ResourceType } from "../resource-type.ts";

/** Definition of Workflows. */
export const workflow: ResourceType = {
  type: "google_workflows_workflow",
  label: "workflow",
  fieldRules: [
    nameForm(/^[A-Za-z](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?$/, {
      source: "https://docs.cloud.google.com/workflows/docs/creating-updating-workflow",
      words: "1 to 64 letters, digits, hyphens and underscores, a letter first and a letter or digit last",
    }),
  ],
};
