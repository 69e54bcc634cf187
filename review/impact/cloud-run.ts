import type { Block } from "../../graph/index.ts";
import { plural } from "../../values/words.ts";
import { someOf, valueText } from "../plan/compare.ts";
import { AFTER_APPLY } from "../plan/differences.ts";
import type { PlannedChange } from "../plan/planned-change.ts";
import { title } from "../plan/title.ts";
import type { AttributeChange } from "../review.ts";
import type { ImpactDescription } from "./impact.ts";

/** The label of each type, and the effect of a change to its template. */
const KINDS: {
  readonly [type: string]: readonly [label: string, effect: (change: PlannedChange) => string];
} = {
  google_cloud_run_v2_service: [
    "service",
    ({ after }) =>
      `gets a NEW REVISION, ${followsNewest(after) ? "to which traffic moves once it has started" : "without traffic until a rollout moves it there"}`,
  ],
  google_cloud_run_v2_worker_pool: ["worker pool", () => "gets a NEW REVISION, which replaces its instances"],
  google_cloud_run_v2_job: ["job", () => "runs differently from its next execution on"],
};

/** Cloud Run: what is in the template makes a new revision, the rest does not. */
export const cloudRun: ImpactDescription = {
  types: Object.keys(KINDS),
  describe: (change) => {
    const [label, effect] = KINDS[change.type] ?? [change.type, () => "changes"];
    const name = title(change, label);
    if (change.action === "create")
      return [
        label === "job"
          ? `${name} is created; it runs when it is started.`
          : `${name} is created with up to ${most(change.after)}.`,
      ];
    if (change.action !== "update") return [];
    const inTemplate = change.attributes.filter(({ path }) => path.startsWith("template."));
    const others = change.attributes.filter(({ path }) => !path.startsWith("template.") && !isComputed(path));
    return [
      ...(inTemplate.length === 0
        ? []
        : [`${name} ${effect(change)}: ${someOf(reasons(change, inTemplate), 8)}.`]),
      ...(others.length === 0
        ? []
        : [`${name} changes ${someOf(top(others.map(({ path }) => path)), 8)} without a new revision.`]),
    ];
  },
};

/** True where some traffic goes to the latest revision. */
function followsNewest(after: Block): boolean {
  const shares = after.blocks("traffic").filter((block) => (block.number("percent") ?? 0) > 0);
  return shares.length === 0 || shares.some((block) => !(block.string("revision") ?? ""));
}

const COMPUTED =
  /^(conditions|terminal_condition|etag|generation|observed_generation|latest_\w+|last_modifier|update_time|reconciling|traffic_statuses|uri|urls|effective_\w+|terraform_labels|client\w*|expire_time)\b/;

function isComputed(path: string): boolean {
  return COMPUTED.test(path);
}

/** What is new in the revision: images, variables, and every other attribute with both values. */
function reasons(change: PlannedChange, attributes: readonly AttributeChange[]): string[] {
  const variables = [change.before, change.after].map(variablesOf);
  const found = attributes.map((attribute) => {
    const variable = /\.env\["([^"]+)"\]/.exec(attribute.path)?.[1];
    if (variable !== undefined)
      return `environment variable ${variable}${values(variables, attribute.path, variable)}`;
    return /\.env\.\d+\./.test(attribute.path) ? "environment variables" : simple(attribute);
  });
  return [...new Set(found)];
}

type Variables = (path: string, variable: string) => string | undefined;

function values(sides: readonly Variables[], path: string, variable: string): string {
  const [was, now] = sides.map((variableOf) => variableOf(path, variable));
  if (was === undefined) return ` is added${now === undefined ? "" : ` (${now})`}`;
  if (now === undefined) return " is removed";
  return was === now ? " changes" : ` ${was} to ${now}`;
}

/** The variables of the container that a path leads through, by name or index; each container is read once. */
function variablesOf(block: Block): Variables {
  const containers = ["template.containers", "template.template.containers"].flatMap((at) =>
    block.blocks(at),
  );
  const read = new Map<Block, ReadonlyMap<string, Block>>();
  return (path, variable) => {
    const [, name, index = "0"] = /\bcontainers(?:\["([^"]+)"\]|\.(\d+))/.exec(path) ?? [];
    const container =
      name === undefined ? containers[Number(index)] : containers.find((one) => one.string("name") === name);
    if (container === undefined) return undefined;
    let byName = read.get(container);
    if (byName === undefined) {
      // The first of a name counts.
      byName = new Map(
        [...container.blocks("env")].reverse().map((env) => [env.string("name") ?? "", env] as const),
      );
      read.set(container, byName);
    }
    return textOf(byName.get(variable));
  };
}

function textOf(env: Block | undefined): string | undefined {
  const value = env?.get("value");
  const secret = env?.string("value_source.secret_key_ref.secret");
  if (env === undefined) return undefined;
  if (value === undefined && secret !== undefined)
    return `secret ${secret.slice(secret.lastIndexOf("/") + 1)} version ${env.string("value_source.secret_key_ref.version") ?? "?"}`;
  return valueText(value);
}

/** "template.0.scaling.0.max_instance_count" as "scaling.max_instance_count 8 to 20"; of an image the short form. */
function simple({ path, before, after }: AttributeChange): string {
  const name = path
    .replace(/\.\d+(?=\.|$)/g, "")
    .replace(/^template\.(template\.)?/, "")
    .replace(/^containers(\["[^"]+"\])?\./, "");
  if (after === AFTER_APPLY) return `${name} ${AFTER_APPLY}`;
  const [was, now] = [before, after].map((text = "not set") => {
    const value = text.replace(/^"(.*)"$/, "$1");
    return name === "image" ? shortImage(value) : value;
  });
  return `${name} ${was} to ${now}`;
}

function shortImage(image: string): string {
  return /@sha256:([0-9a-f]{8})/.exec(image)?.[1] ?? image.slice(image.lastIndexOf("/") + 1);
}

function top(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.replace(/\.\d+(?=\.|$)/g, "")))];
}

function most(after: Block): string {
  const counts = [
    "template.scaling.max_instance_count",
    "scaling.max_instance_count",
    "scaling.manual_instance_count",
  ];
  const count = counts.flatMap((path) => after.number(path) ?? [])[0];
  return count === undefined ? "as many instances as Cloud Run allows" : plural(count, "instance");
}
