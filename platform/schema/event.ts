import { choice, text } from "./leaf.ts";
import { name, urlPath } from "./names.ts";
import { section } from "./section.ts";

/** Events of one kind that Eventarc sends to a service, each as a POST request (a CloudEvent) with an ID token. */
export const event = section({
  /** Name of the trigger after the environment's prefix; unique in the environment. */
  name: name("uploaded"),
  /** HTTP path that takes the events; an answer of 2xx takes one. @default "/" */
  path: urlPath("/uploads").default("/"),
  /** A bucket of this environment: what happens to its objects. One of `bucket`, `topic` and `audit`. @default none */
  bucket: name("uploads").optional(),
  /** What happens to an object of `bucket`; "finalized" is one that was written. @default "finalized" */
  change: choice(["finalized", "deleted", "archived", "metadataUpdated"]).optional(),
  /** A topic of this environment, whose messages come as events. @default none */
  topic: name("orders").optional(),
  /**
   * Needed where the service itself writes to the bucket: why its own writes do not call it again and again ("objects below
   * thumbnails/ are ignored"). @default it does not write there
   */
  loopEnds: text({
    pattern: /^\S.{0,299}$/,
    allowed: "a sentence of at most 300 characters",
    fix: 'write for example "objects below thumbnails/ are ignored"',
    placeholder: "a reason",
  }).optional(),
  /**
   * Entries of the audit logs: calls of one method of a Google API in this project. Calls that read or write data are logged only
   * where Data Access audit logs are switched on. @default none
   */
  audit: section({
    /** API: "bigquery.googleapis.com". */
    service: text({
      pattern: /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*\.googleapis\.com$/,
      allowed: "the name of an API of Google",
      fix: 'write for example "bigquery.googleapis.com"',
    }),
    /** Method, as the audit log names it: "google.cloud.bigquery.v2.JobService.InsertJob". */
    method: text({
      pattern: /^[A-Za-z][A-Za-z0-9._]{0,254}$/,
      allowed: "the methodName of the audit log",
      fix: 'write for example "storage.buckets.create"',
    }),
  }).optional(),
});
