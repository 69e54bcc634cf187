import { SENSITIVE } from "../../reporting/sensitive.ts";
import type { AttributeChange } from "../review.ts";

/**
 * Computed attributes, by the start of their path. The code does not set them.
 * Terraform's own list (relevant_attributes) is of no use here: it names what other resources refer to, and a connector's size is
 * not among it.
 */
const WRITTEN_BY_GOOGLE = new Set([
  "client",
  "client_version",
  "conditions",
  "create_time",
  "creation_timestamp",
  "creator",
  "current_location_id",
  "delete_time",
  "etag",
  "expire_time",
  "fingerprint",
  "generated_id",
  "generation",
  "label_fingerprint",
  "last_modifier",
  "latest_created_revision",
  "latest_ready_revision",
  "nodes",
  "observed_generation",
  "reconciling",
  "state",
  "terminal_condition",
  "terraform_labels",
  "traffic_statuses",
  "uid",
  "update_time",
]);

/** The version of a database's settings counts every change. */
const COUNTERS = new Set(["settings.0.version"]);

/** What a cluster adds to an object. */
const WRITTEN_BY_KUBERNETES =
  /^object\.(status|metadata\.(creationTimestamp|generation|managedFields|resourceVersion|uid))(\.|$)/;

/** The differences without computed attributes and duplicates. */
export function withoutNoise(attributes: readonly AttributeChange[]): AttributeChange[] {
  const paths = new Set(attributes.map(({ path }) => path));
  return attributes.filter(({ path, before, after }) => {
    if (before !== SENSITIVE && shortened(before) === shortened(after)) return false;
    const [first = ""] = path.split(/[.[]/);
    if (WRITTEN_BY_GOOGLE.has(first) || COUNTERS.has(path) || WRITTEN_BY_KUBERNETES.test(path)) return false;
    // effective_labels holds the labels a second time.
    // What a newer provider reads for the first time, and nobody has set.
    if (before === undefined && (after === "false" || after === "0")) return false;
    return !(path.startsWith("effective_") && paths.has(path.slice("effective_".length)));
  });
}

/** Google answers with a self link where an id was given; both name the same. */
function shortened(value: string | undefined): string | undefined {
  return value?.replaceAll(/https:\/\/(?:www|compute)\.googleapis\.com\/compute\/(?:v1|beta)\//g, "");
}
