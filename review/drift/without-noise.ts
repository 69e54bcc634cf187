import { SENSITIVE } from "../../reporting/sensitive.ts";
import type { AttributeChange } from "../review.ts";

/**
 * What Google writes by itself, at any attribute path that begins so. Nobody can put it back, and no number states it.
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

/** The version of a database's settings counts every change of them, whoever makes it. */
const COUNTERS = new Set(["settings.0.version"]);

/** What a cluster writes into an object by itself. */
const WRITTEN_BY_KUBERNETES =
  /^object\.(status|metadata\.(creationTimestamp|generation|managedFields|resourceVersion|uid))(\.|$)/;

/** The differences that somebody made: without what Google writes, and without what stands a second time elsewhere. */
export function made(attributes: readonly AttributeChange[]): AttributeChange[] {
  const paths = new Set(attributes.map(({ path }) => path));
  return attributes.filter(({ path, before, after }) => {
    if (before !== SENSITIVE && shortened(before) === shortened(after)) return false;
    const [first = ""] = path.split(/[.[]/);
    if (WRITTEN_BY_GOOGLE.has(first) || COUNTERS.has(path) || WRITTEN_BY_KUBERNETES.test(path)) return false;
    // effective_labels holds the labels a second time.
    return !(path.startsWith("effective_") && paths.has(path.slice("effective_".length)));
  });
}

/** Google answers with a self link where an id was given; both name the same. */
function shortened(value: string | undefined): string | undefined {
  return value?.replaceAll(/https:\/\/(?:www|compute)\.googleapis\.com\/compute\/(?:v1|beta)\//g, "");
}
