import type { Alert } from "./alert.ts";
import { symptoms } from "./symptoms.ts";

/** Page of the runbook below its base address. */
export function runbookLink(alert: Pick<Alert, "symptom">, base: string): string {
  return `${base}#${alert.symptom}`;
}

/** The runbook file of one environment. */
export function runbookFile(environment: string): string {
  return `docs/runbook/${environment}.md`;
}

/** An outage of Redis fires half a dozen policies within minutes. */
const SEVERAL_ALERTS_NOTE =
  "**Several at once?** They have one cause: begin with the one that lies deepest. Preflight and logs name it; then database, Redis and connector; then services; the load balancer and error budgets last.";

/**
 * Text of a notification in Markdown: meaning, numbers, the first three commands, and the page of the runbook. A page
 * also notes that several alerts at once have one cause, because Monitoring sends each separately.
 *
 * @param environment its name
 * @param note another sentence, for example on the recipients
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
    ...(alert.severity === "page" ? [SEVERAL_ALERTS_NOTE] : []),
    `**Runbook** ${symptom?.title}: ${runbookLink(alert, runbookFile(environment))}`,
  ].join("\n\n");
}
