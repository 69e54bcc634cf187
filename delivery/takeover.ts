import { listOf, objectOf } from "../graph/index.ts";
import { resourceType } from "../resources/catalogue.ts";
import { importId } from "../resources/import-id.ts";
import type { PlannedStack } from "../terraform/plan-stacks.ts";
import { shellWord } from "../values/words.ts";
import { actionsOf, leftInFlight } from "./in-flight/creations.ts";
import type { InFlightRecord } from "./in-flight/record.ts";
import type { StoredRecord } from "./in-flight/store.ts";

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

/** Addresses of one kind that are listed. */
const MAX_LISTED = 20;

/**
 * What earlier deployments were creating when they were cut off, and the states do not have: it may exist now. Two lines each, the
 * second one the command that takes it over.
 *
 * @param records of the planned stacks, by name; whoever may write a state may write them
 * @param planned plans of this run: what they create again is not in the state
 * @param command that starts Terraform or OpenTofu
 */
export function takeoverLines(
  records: ReadonlyMap<string, StoredRecord>,
  planned: readonly PlannedStack[],
  place: Place,
  command: string,
): string[] {
  return planned.flatMap((stack) => {
    const found = records.get(stack.name);
    if (found?.record === "damaged")
      return [
        `  ${stack.name}: the record of what its last deployment was creating is damaged: if that one was cut off, what it was creating cannot be named. Compare the plan with what exists.`,
      ];
    if (found?.record === undefined) return [];
    const left = leftInFlight(found, stack.plan);
    const about = [
      ...left.begun.flatMap((address) => takeover(stack, address, place, command)),
      ...goneLines(stack, found.record.begun),
      ...waitingLines(stack, left.waiting, found.record),
    ];
    if (about.length === 0) return [];
    const { by, started, written } = found.record;
    return [
      `The deployment of ${started} by ${by} did not finish ${stack.name}, or still runs (last recorded ${written}):`,
      ...about,
    ];
  });
}

function takeover(stack: PlannedStack, address: string, place: Place, command: string): string[] {
  const actions = actionsOf(stack.plan, address) ?? [];
  if (actions.length > 1)
    return [
      `  ${stack.name}: ${address} was being replaced when the deployment was cut off, and its replacement is not in the state: if there are two, delete the new one before you go on.`,
    ];
  return lines(stack, address, plannedValues(stack.plan, address), place, command);
}

/** Created, and taken out of the code before it came into the state: no plan knows it. */
function goneLines({ name, plan }: PlannedStack, begun: readonly string[]): string[] {
  const gone = begun.filter((address) => actionsOf(plan, address) === undefined);
  if (gone.length === 0) return [];
  return [
    `  ${name}: ${listed(gone)} ${gone.length === 1 ? "was" : "were"} being created when the deployment was cut off, and no plan has ${gone.length === 1 ? "it" : "them"}: delete what exists and is not in the state. This is said until the next deployment.`,
  ];
}

/** The record follows what begins within a second or two. */
function waitingLines(
  { name }: PlannedStack,
  waiting: readonly string[],
  { unnamed }: InFlightRecord,
): string[] {
  const more = unnamed === 0 ? "" : ` and ${unnamed} that the record has no room for`;
  if (waiting.length === 0 && unnamed === 0) return [];
  return [
    `  ${name}: ${waiting.length === 0 ? "more" : listed(waiting)}${more} had not begun when that was recorded, and may have since. Where "already exists" is the answer to this deployment, take it over in the same way.`,
  ];
}

const listed = (addresses: readonly string[]): string =>
  addresses.length <= MAX_LISTED
    ? addresses.join(", ")
    : `${addresses.slice(0, MAX_LISTED).join(", ")} and ${addresses.length - MAX_LISTED} more`;

function plannedValues(plan: unknown, address: string): Readonly<Record<string, unknown>> {
  const found = listOf(objectOf(plan).resource_changes)
    .map(objectOf)
    .find((resource) => resource.address === address);
  return objectOf(objectOf(found?.change).after);
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
    // A command of two lines is easily copied in part, and a sign that nobody sees not at all.
    if (!/\p{C}/u.test(id)) return [`${about}: if it exists, this takes it over:`, take(shellWord(id))];
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
