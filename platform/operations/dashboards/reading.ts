import type { Environment } from "../../schema/environment.ts";
import { runbookFile, runbookLink } from "../documentation.ts";
import { type Symptom, type SymptomId, symptoms } from "../symptoms.ts";
import type { Text } from "./widget.ts";

/** How to read the page, and every page of the runbook. */
export function readingText(environment: Environment): Text {
  return {
    kind: "text",
    title: "How to read this page",
    content: [
      "From top to bottom, as a request travels. **The first section with a line beyond its threshold** is where the trouble is seen; **the last one** is usually where it begins. Every threshold is that of an alert, and comes from the budgets of the environment.",
      `**Runbook** (\`${runbookFile(environment.name)}\`): ${symptoms.map((symptom) => page(environment, symptom)).join(" · ")}`,
    ].join("\n\n"),
  };
}

/** A link where the environment says where its runbook is published. */
export function page(
  { operations }: Environment,
  { id, title }: Pick<Symptom, "title"> & { readonly id: SymptomId },
): string {
  return operations.runbook === undefined
    ? title
    : `[${title}](${runbookLink({ symptom: id }, operations.runbook)})`;
}
