import type { Alert } from "./alert.ts";
import { symptoms } from "./symptoms.ts";

/** Page of the runbook below its base address. */
export function runbookLink(alert: Pick<Alert, "symptom">, base: string): string {
  return `${base}#${alert.symptom}`;
}

/** The runbook of one environment, with its names, for people who have the project before them. */
export function runbookFile(environment: string): string {
  return `docs/runbook/${environment}.md`;
}

/**
 * What a notification says, in Markdown: meaning, numbers, the first three commands, and the page of the runbook.
 *
 * @param environment its name
 * @param note a sentence more, for example on who hears of it
 */
export function documentation(alert: Alert, environment: string, note = ""): string {
  const symptom = symptoms.find(({ id }) => id === alert.symptom);
  return [
    alert.meaning,
    ...(note === "" ? [] : [note]),
    "**Numbers**",
    alert.numbers.map((number) => `- ${number}`).join("\n"),
    "**First**",
    alert.commands.map((command, index) => `${index + 1}. \`${command}\``).join("\n"),
    `**Runbook** ${symptom?.title}: ${runbookLink(alert, runbookFile(environment))}`,
  ].join("\n\n");
}
