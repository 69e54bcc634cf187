import type { Alert } from "./alert.ts";
import { symptoms } from "./symptoms.ts";

/** Page of the runbook below its base address. */
export function runbookLink(alert: Pick<Alert, "symptom">, base: string): string {
  return `${base}#${alert.symptom}`;
}

/** Where the runbook is, for people who have the project before them. */
export const RUNBOOK = "docs/runbook.md";

/** What a notification says, in Markdown: meaning, numbers, the first three commands, and the page of the runbook. */
export function documentation(alert: Alert, note = ""): string {
  const symptom = symptoms.find(({ id }) => id === alert.symptom);
  return [
    alert.meaning,
    ...(note === "" ? [] : [note]),
    "**Numbers**",
    alert.numbers.map((number) => `- ${number}`).join("\n"),
    "**First**",
    alert.commands.map((command, index) => `${index + 1}. \`${command}\``).join("\n"),
    `**Runbook** ${symptom?.title}: ${runbookLink(alert, RUNBOOK)}`,
  ].join("\n\n");
}
