import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

const LISTS = [
  "google_storage_bucket_acl",
  "google_storage_bucket_access_control",
  "google_storage_default_object_acl",
  "google_storage_default_object_access_control",
  "google_storage_object_acl",
  "google_storage_object_access_control",
];

/** A bucket with uniform access has grants of IAM only. */
export const uniformAccess: Rule = {
  id: "identity/uniform-access",
  why: "A bucket with uniform bucket-level access has no access control lists, and the API rejects to change them.",
  limit: "no list for a bucket with uniform_bucket_level_access = true",
  fix: "Grant a role with google_storage_bucket_iam_member, or turn uniform_bucket_level_access off.",
  source: "https://docs.cloud.google.com/storage/docs/uniform-bucket-level-access",
  *check(graph) {
    for (const list of graph.all(...LISTS)) {
      const bucket = follow(graph, list.get("bucket"), ["google_storage_bucket"], list);
      if (bucket?.boolean("uniform_bucket_level_access") !== true) continue;
      yield {
        resource: list,
        message: `bucket is ${bucket.address}, which has uniform_bucket_level_access; rejected by the API: it has no access control lists.`,
      };
    }
  },
};
