import { nameOf } from "../../analysis/references/names.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** Events of a bucket are sent from where the bucket is. */
export const eventRegion: Rule = {
  id: "service/event-region",
  why: "Cloud Storage sends the events of a bucket to triggers at the location of the bucket, a multi-region included.",
  limit: "location of a trigger of Cloud Storage is that of its bucket",
  fix: "Set the location of the trigger to that of the bucket, in lower case.",
  source: "https://docs.cloud.google.com/eventarc/standard/docs/run/create-trigger-storage-gcloud",
  *check(graph) {
    for (const trigger of graph.all("google_eventarc_trigger"))
      yield* evaluate(graph, trigger, "location", criterion(trigger, "matching_criteria", "bucket"), {
        type: criterion(trigger, "matching_criteria", "type"),
      });
    for (const each of graph.all("google_cloudfunctions2_function"))
      yield* evaluate(
        graph,
        each,
        "event_trigger.trigger_region",
        criterion(each, "event_trigger.event_filters", "bucket"),
        { type: each.get("event_trigger.event_type") },
      );
  },
};

function criterion(resource: Resource, block: string, attribute: string): Value | undefined {
  return resource
    .blocks(block)
    .find((each) => each.string("attribute") === attribute)
    ?.get("value");
}

function* evaluate(
  graph: Graph,
  trigger: Resource,
  attribute: string,
  bucketName: Value | undefined,
  { type }: { readonly type: Value | undefined },
): Iterable<Violation> {
  const location = trigger.string(attribute);
  if (location === undefined || typeof type !== "string" || !type.startsWith("google.cloud.storage.object."))
    return;
  const target = graph.target(bucketName, ["google_storage_bucket"], trigger);
  if (target.kind !== "resource") return;
  const bucket = target.resource;
  const where = bucket.string("location")?.toLowerCase();
  // A pair of regions of one's own choice is written as a multi-region.
  if (where === undefined || bucket.get("custom_placement_config") !== undefined) return;
  if (location.toLowerCase() === where) return;
  yield {
    resource: trigger,
    message: `${attribute} is ${location} and the bucket "${nameOf(bucket) ?? bucket.address}" (${bucket.address}) is in ${where}; rejected by the API: events of a bucket are sent to triggers at its own location.`,
    fix: `Set ${attribute.split(".").at(-1)} = "${where}"; what it starts may be in another region.`,
  };
}
