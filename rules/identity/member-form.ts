import type { Graph, Value } from "../../graph/index.ts";
import { nearestHint } from "../reachability/names.ts";
import { HOLE, textOf } from "../reachability/text.ts";
import type { Rule, Verdict } from "../rule.ts";
import { type Grant, grants } from "./grants.ts";

const FORM =
  /^(allUsers|allAuthenticatedUsers|(user|serviceAccount|group|domain|projectOwner|projectEditor|projectViewer|deleted|principal|principalSet|principalHierarchy|iamMember|mdb|special|specialGroup):.+)$/s;

/** A member says what kind of principal it is, and names one that exists. */
export const memberForm: Rule = {
  id: "identity/member-form",
  why: "IAM refuses a member without the word for its kind, and one that does not exist.",
  limit: "serviceAccount:EMAIL, user:EMAIL, group:EMAIL, domain:NAME, principal://..., allUsers",
  fix: "Write the word before the address, or take the member attribute of the google_service_account.",
  source: "https://docs.cloud.google.com/iam/docs/principal-identifiers",
  example: `resource "google_project_iam_member" "api" {
  project = "acme"
  role    = "roles/cloudsql.client"
  member  = google_service_account.api.email
}`,
  *check(graph) {
    for (const grant of grants(graph)) {
      for (const member of grant.members) yield* judge(graph, grant, member);
    }
  },
};

function* judge(graph: Graph, { resource }: Grant, member: Value): Iterable<Verdict> {
  const severity = "error" as const;
  if (isBare(member)) {
    yield {
      resource,
      severity,
      message: `the member ${`"${textOf(member)?.replaceAll(HOLE, "...")}"`} lacks the word for its kind, such as serviceAccount:; refused at apply: invalid member.`,
    };
    return;
  }
  if (!(textOf(member) ?? "").startsWith("serviceAccount:")) return;
  const target = graph.target(member, ["google_service_account"], resource);
  if (target.kind !== "missing") return;
  yield {
    resource,
    severity,
    message: `the service account "${target.name}" of its member is not defined${nearestHint(target)}; refused at apply: the service account does not exist.`,
    fix: `Take the member attribute of ${target.nearest?.address ?? "the google_service_account"}.`,
  };
}

/** True for a principal, known at least in part, without the word for its kind before it. */
function isBare(member: Value): boolean {
  const text = textOf(member);
  if (text === undefined || text === "" || text.startsWith(HOLE) || FORM.test(text)) return false;
  return text.includes("@") || !/[:\uE000]/.test(text);
}
