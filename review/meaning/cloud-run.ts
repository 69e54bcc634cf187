import { type Block, isUnknown } from "../../graph/index.ts";
import { difference, someOf, words } from "../plan/compare.ts";
import type { PlannedChange } from "../plan/planned-change.ts";
import { title } from "../plan/title.ts";
import type { Meaning } from "./meaning.ts";

/** google_cloud_run_v2_service: what is in the template makes a new revision, the rest does not. */
export const cloudRun: Meaning = {
  types: ["google_cloud_run_v2_service", "google_cloud_run_v2_job"],
  tell: (change) => {
    const noun = change.type.endsWith("_job") ? "job" : "service";
    const name = title(change, noun);
    if (change.action === "create")
      return [
        noun === "job"
          ? `${name} is made; it runs when it is started.`
          : `${name} is made, with up to ${most(change.after)}.`,
      ];
    if (change.action !== "update") return [];
    const inTemplate = change.attributes.filter(({ path }) => path.startsWith("template."));
    const beside = change.attributes.filter(({ path }) => !path.startsWith("template.") && !isComputed(path));
    return [
      ...(inTemplate.length === 0
        ? []
        : [
            noun === "job"
              ? `${name} runs differently from its next execution on: ${someOf(reasons(change), 8)}.`
              : `${name} gets a NEW REVISION, ${followsNewest(change) ? "to which traffic moves once it has started" : "without traffic until a rollout brings it out"}: ${someOf(reasons(change), 8)}.`,
          ]),
      ...(beside.length === 0
        ? []
        : [`${name} changes ${someOf(top(beside.map(({ path }) => path)), 8)} without a new revision.`]),
    ];
  },
};

/** True where some traffic goes to whichever revision is the newest. */
function followsNewest({ after }: PlannedChange): boolean {
  const shares = after.blocks("traffic").filter((block) => (block.number("percent") ?? 0) > 0);
  return shares.length === 0 || shares.some((block) => !(block.string("revision") ?? ""));
}

const COMPUTED =
  /^(conditions|terminal_condition|etag|generation|observed_generation|latest_\w+|last_modifier|update_time|reconciling|traffic_statuses|uri|urls|effective_\w+|terraform_labels|client\w*|expire_time)\b/;

function isComputed(path: string): boolean {
  return COMPUTED.test(path);
}

/** What is new in the revision: image, variables, and every other attribute with both values. */
function reasons(change: PlannedChange): string[] {
  const found = new Set<string>();
  for (const { path } of change.attributes) {
    if (!path.startsWith("template.")) continue;
    const variable = /\.env\["([^"]+)"\]/.exec(path)?.[1];
    const positional = /\.env\.\d+\./.test(path);
    if (variable !== undefined) found.add(`environment variable ${variable}${values(change, variable)}`);
    else if (positional) found.add("environment variables");
    else if (/\.image$/.test(path)) found.add(image(change));
    else found.add(simple(change, path));
  }
  return [...found];
}

function image(change: PlannedChange): string {
  const found =
    difference(change, "template.containers.image") ??
    difference(change, "template.template.containers.image");
  if (found === undefined) return "image";
  const short = (text: string): string =>
    /@sha256:([0-9a-f]{8})/.exec(text)?.[1] ?? text.slice(text.lastIndexOf("/") + 1);
  return `image ${short(found.was)} to ${short(found.now)}`;
}

function values(change: PlannedChange, variable: string): string {
  const [was, now] = [change.before, change.after].map((block) => variableOf(block, variable));
  if (was === undefined) return ` is added${now === undefined ? "" : ` (${now})`}`;
  if (now === undefined) return " is removed";
  return was === now ? " changes" : ` ${was} to ${now}`;
}

function variableOf(block: Block, variable: string): string | undefined {
  const containers = [
    ...block.blocks("template.containers"),
    ...block.blocks("template.template.containers"),
  ];
  for (const env of containers.flatMap((container) => container.blocks("env"))) {
    if (env.string("name") !== variable) continue;
    const value = env.get("value");
    const secret = env.string("value_source.secret_key_ref.secret");
    if (value === undefined && secret !== undefined)
      return `secret ${secret.slice(secret.lastIndexOf("/") + 1)} version ${env.string("value_source.secret_key_ref.version") ?? "?"}`;
    return isUnknown(value) ? "(known after apply)" : words(value);
  }
  return undefined;
}

/** "template.0.scaling.0.max_instance_count" as "scaling.max_instance_count 8 to 20". */
function simple(change: PlannedChange, path: string): string {
  const dotted = path.replace(/\.\d+(?=\.|$)/g, "");
  const found = difference(change, dotted);
  const name = dotted.replace(/^template\.(template\.)?/, "").replace(/^containers\./, "");
  return found === undefined
    ? `${name}${isUnknown(change.after.get(dotted)) ? " (known after apply)" : ""}`
    : `${name} ${found.text}`;
}

function top(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.replace(/\.\d+(?=\.|$)/g, "")))];
}

function most(after: Block): string {
  const count = after.number("template.scaling.max_instance_count");
  return count === undefined
    ? "as many instances as Cloud Run allows"
    : `${count} instance${count === 1 ? "" : "s"}`;
}
