import type { OperationsContext } from "../context.ts";
import { runbookFile, runbookLink } from "../documentation.ts";
import { type Symptom, type SymptomId, type SymptomParts, symptomsOf } from "../symptoms.ts";
import type { Text } from "./widget.ts";

/** How to read the dashboard, with a link to every page of the runbook. */
export function guideText(context: Pick<OperationsContext, "name" | "operations"> & SymptomParts): Text {
  const { name, operations } = context;
  return {
    kind: "text",
    title: "How to read this page",
    content: [
      "From top to bottom, as a request travels. **The first section with a line beyond its threshold** is where the trouble is seen; **the last one** is usually where it begins. Every threshold is that of an alert, and comes from the budgets of the environment.",
      `**Runbook** (\`${runbookFile(name)}\`): ${symptomsOf(context)
        .map((symptom) => symptomLink(operations, symptom))
        .join(" · ")}`,
    ].join("\n\n"),
  };
}

/** A link where the environment states the address of its runbook; the title alone where it does not. */
export function symptomLink(
  operations: OperationsContext["operations"],
  { id, title }: Pick<Symptom, "title"> & { readonly id: SymptomId },
): string {
  return operations.runbook === undefined
    ? title
    : `[${title}](${runbookLink({ symptom: id }, operations.runbook)})`;
}
