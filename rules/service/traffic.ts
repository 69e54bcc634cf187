import { type Block, isUnknown } from "../../graph/index.ts";
import { cloudRunLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { services, type Workload } from "./cloud-run.ts";

const LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";
const REVISION = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";

/** The traffic of a service adds up, and each share says where it goes. */
export const traffic: Rule = {
  id: "service/traffic",
  why: "Cloud Run refuses traffic that does not add up to 100%, and a share that names no revision or one too many.",
  limit: `${cloudRunLimits.trafficTotal.value}% in all; LATEST without a revision, REVISION with one`,
  fix: "Make the percentages add up to 100.",
  source: cloudRunLimits.trafficTotal.source,
  example: `traffic {
  type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
  percent = 90
}`,
  *check(graph) {
    for (const workload of services(graph)) {
      const shares = workload.resource.get("traffic");
      if (!Array.isArray(shares) ? isUnknown(shares) : shares.some(isUnknown)) continue;
      const blocks = workload.resource.blocks("traffic");
      if (blocks.length === 0 || workload.resource.get("dynamic") !== undefined) continue;
      yield* total(workload, blocks);
      yield* tags(workload, blocks);
      for (const block of blocks) yield* destination(workload, block);
    }
  },
};

function* total({ resource }: Workload, blocks: readonly Block[]): Iterable<Verdict> {
  const percents = blocks.map((block) => (block.get("percent") === undefined ? 0 : block.number("percent")));
  if (percents.includes(undefined)) return;
  const sum = percents.reduce<number>((all, percent) => all + (percent ?? 0), 0);
  if (sum === cloudRunLimits.trafficTotal.value) return;
  yield {
    resource,
    severity: "error",
    message: `the traffic adds up to ${sum}%, not to ${cloudRunLimits.trafficTotal.value}%: refused at apply.`,
  };
}

/** A tag becomes the first label of an address. */
function* tags({ resource }: Workload, blocks: readonly Block[]): Iterable<Verdict> {
  const names = blocks.map((block) => block.string("tag")).filter((tag) => tag !== undefined && tag !== "");
  const twice = names.find((tag, index) => names.indexOf(tag) !== index);
  if (twice === undefined) return;
  yield {
    resource,
    severity: "error",
    message: `the tag "${twice}" stands at two shares of the traffic: refused at apply, it is one address.`,
    fix: "Give each share a tag of its own.",
  };
}

function* destination({ resource, kind }: Workload, block: Block): Iterable<Verdict> {
  const v1 = kind === "knative";
  const revision = block.get(v1 ? "revision_name" : "revision");
  const named = revision !== undefined && revision !== "";
  const latest = v1 ? block.boolean("latest_revision") === true : block.string("type") === LATEST;
  const pinned = v1 ? block.boolean("latest_revision") === false : block.string("type") === REVISION;
  if (latest && named && !isUnknown(revision))
    yield {
      resource,
      severity: "error",
      message: `a share of the traffic goes to the latest revision and to "${revision}": refused at apply.`,
      fix: "Remove the revision, or send the share to it by name only.",
    };
  if (pinned && !named)
    yield {
      resource,
      severity: "error",
      message: "a share of the traffic goes to a revision that it does not name: refused at apply.",
      fix: "Name the revision, or send the share to the latest.",
    };
}
