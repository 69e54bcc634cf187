import { listOf, objectOf } from "../graph/index.ts";
import { resourceType } from "../resources/catalogue.ts";
import { importId } from "../resources/import-id.ts";
import type { PlannedStack } from "../terraform/plan-stacks.ts";
import { shellWord } from "../values/words.ts";
import type { DeploymentRecord } from "./record.ts";

/** Where the resources of an environment are. */
export interface Place {
  readonly project: string;
  readonly region: string;
}

/** Google gives these their ids: a second one is created without a word. The command lists those of a display name. */
const LISTED_BY: Readonly<Record<string, string>> = {
  google_monitoring_alert_policy: "gcloud monitoring policies list",
  google_monitoring_notification_channel: "gcloud beta monitoring channels list",
  google_monitoring_uptime_check_config: "gcloud monitoring uptime list-configs",
};

/**
 * What the last deployment was creating when it was cut off, and the state does not have: it may exist now. Two lines each,
 * the second one the command that takes it over.
 *
 * @param planned plans of this run: what they create again is not in the state
 * @param command that starts Terraform or OpenTofu
 */
export function takeoverLines(
  record: DeploymentRecord | undefined,
  planned: readonly PlannedStack[],
  place: Place,
  command: string,
): string[] {
  return planned.flatMap((stack) =>
    leftInFlight(record, stack).flatMap((address) =>
      lines(stack, address, createdAgain(stack.plan, address) ?? {}, place, command),
    ),
  );
}

/** What the last deployment of a stack was creating when it was cut off, as far as this run's plan creates it again. */
export function leftInFlight(
  record: DeploymentRecord | undefined,
  { name, plan }: Pick<PlannedStack, "name" | "plan">,
): readonly string[] {
  const { inFlight = [] } = record?.stacks.find((stack) => stack.name === name) ?? {};
  return inFlight.filter((address) => createdAgain(plan, address) !== undefined);
}

function createdAgain(plan: unknown, address: string): Record<string, unknown> | undefined {
  for (const resource of listOf(objectOf(plan).resource_changes).map(objectOf)) {
    const change = objectOf(resource.change);
    if (resource.address === address && listOf(change.actions).join() === "create")
      return objectOf(change.after) as Record<string, unknown>;
  }
  return undefined;
}

function lines(
  { name: stack, folder }: PlannedStack,
  address: string,
  after: Readonly<Record<string, unknown>>,
  { project, region }: Place,
  command: string,
): string[] {
  const [type = ""] = address.split(".");
  const about = `  ${stack}: ${address} was being created when the deployment was cut off, and is not in the state`;
  const take = (id: string): string =>
    `    ${shellWord(command)} -chdir=${shellWord(folder)} import ${shellWord(address)} ${id}`;
  const name = [after.name, after.account_id, after.secret_id].find((one) => typeof one === "string");
  if (resourceType(type)?.importId !== undefined && typeof name === "string") {
    const parent = [after.router, after.instance].find((one) => typeof one === "string") ?? "";
    const id = importId(type, { project, region, name, parent: String(parent) });
    return [`${about}: if it exists, this takes it over:`, take(shellWord(id))];
  }
  const list = LISTED_BY[type];
  if (list === undefined)
    return [`${about}: if it exists, take it over with terraform import before you go on:`, take("ID")];
  const filter = shellWord(`displayName=${JSON.stringify(String(after.display_name))}`);
  return [
    `${about}: Google would create a second one. This prints the id of the first, and takes it over:`,
    take(`"$(${list} --project=${shellWord(project)} --filter=${filter} --format='value(name)')"`),
  ];
}
