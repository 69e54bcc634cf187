import { agentMayHold } from "../../analysis/identity/grants.ts";
import { follow } from "../../analysis/references/follow.ts";
import { nameOf } from "../../analysis/references/names.ts";
import { READERS } from "../identity/mounted-bucket.ts";
import type { Rule } from "../rule.ts";

/** Service agents of the load balancer: of private buckets, and of signed URLs. */
const AGENTS = ["https-lb", "cloud-cdn-fill"];

/** Access that is no grant of IAM. */
const ACCESS_LISTS = [
  "google_storage_bucket_acl",
  "google_storage_default_object_acl",
  "google_storage_object_acl",
];

/** The load balancer may read the objects of a backend bucket. */
export const bucketReader: Rule = {
  id: "edge/bucket-reader",
  why: "A load balancer reads a bucket as everybody, or as its service agent: without a role for one of them every request gets 403.",
  limit:
    "roles/storage.objectViewer on the bucket for service-NUMBER@https-lb.iam.gserviceaccount.com, which keeps the bucket private, or for allUsers",
  fix: "Grant roles/storage.objectViewer on the bucket to serviceAccount:service-NUMBER@https-lb.iam.gserviceaccount.com, after the backend bucket with which Google creates that account.",
  source: "https://docs.cloud.google.com/cdn/docs/configure-private-bucket-access",
  exampleSeverity: "warning",
  *check(graph) {
    if (!graph.complete || graph.all(...ACCESS_LISTS).length > 0) return;
    if (AGENTS.some((agent) => agentMayHold(graph, agent, READERS, ["storage_bucket"]))) return;
    for (const backend of graph.all("google_compute_backend_bucket")) {
      const bucket = follow(graph, backend.get("bucket_name"), ["google_storage_bucket"], backend);
      // One that is not defined here has its grants elsewhere, too.
      if (bucket === undefined) continue;
      yield {
        resource: backend,
        severity: "warning",
        message: `it serves the bucket "${nameOf(bucket) ?? bucket.address}" (${bucket.address}), which nobody may read as the load balancer does; fails at run time: every request gets 403.`,
      };
    }
  },
};
