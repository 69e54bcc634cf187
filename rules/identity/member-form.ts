import { type Grant, grants } from "../../analysis/identity/grants.ts";
import { missingSeverity, nearestHint } from "../../analysis/references/names.ts";
import { HOLE, onlyReference, references, textOf } from "../../analysis/references/text.ts";
import { type Graph, isUnknown, type Value } from "../../graph/index.ts";
import { holdsPlaceholder } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

const FORM =
  /^(allUsers|allAuthenticatedUsers|(user|serviceAccount|group|domain|projectOwner|projectEditor|projectViewer|deleted|principal|principalSet|principalHierarchy|iamMember|mdb|special|specialGroup):.+)$/s;

/** An e-mail, or an account of Kubernetes: serviceAccount:PROJECT.svc.id.goog[NAMESPACE/NAME]. */
const ACCOUNT = /^serviceAccount:([^@\s:/]+@[^@\s/]+\.[^@\s:/.]+|[^\s[]+\.svc\.id\.goog\[[^\s\]]+\])$/;

/** An identity of a pool, with the project where it is certainly no number. */
const FEDERATED =
  /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\/([a-z][a-z0-9-]*)\/locations\/global\/workloadIdentityPools\//;

/** A member has the prefix of its kind of principal, and names one that exists. */
export const memberForm: Rule = {
  id: "identity/member-form",
  why: "IAM rejects a member without the prefix of its kind, and one that does not exist.",
  limit: "serviceAccount:EMAIL, user:EMAIL, group:EMAIL, domain:NAME, principal://..., allUsers",
  fix: "Write the prefix before the address, for example serviceAccount:, or use google_service_account.api.member.",
  source: "https://docs.cloud.google.com/iam/docs/principal-identifiers",
  *check(graph) {
    for (const grant of grants(graph)) {
      for (const member of grant.members) yield* evaluate(graph, grant, member);
    }
  },
};

function* evaluate(graph: Graph, { resource }: Grant, member: Value): Iterable<Violation> {
  const severity = "error" as const;
  const reference = onlyReference(member, resource);
  if (isBare(member) || reference?.attribute === "email") {
    const shown =
      reference === undefined
        ? `"${textOf(member)?.replaceAll(HOLE, "...")}"`
        : `${reference.address}.${reference.attribute}`;
    yield {
      resource,
      severity,
      message: `member is ${shown}; rejected by the API: the prefix of its kind is missing, such as serviceAccount:.`,
    };
    return;
  }
  const account = wrongAttribute(member);
  if (account !== undefined) {
    yield {
      resource,
      severity,
      message: `member is serviceAccount: and ${account.address}.${account.attribute}; rejected by the API: an account is named by its email.`,
      fix: `Write member = ${account.address}.member.`,
    };
    return;
  }
  const [, project] = FEDERATED.exec(textOf(member) ?? "") ?? [];
  if (project !== undefined) {
    yield {
      resource,
      severity,
      message: `member names its workload identity pool by the project "${project}"; rejected by the API: a principal has the number of the project.`,
      fix: "Write projects/${data.google_project.this.number}/, or use google_iam_workload_identity_pool.NAME.name, which holds it.",
    };
    return;
  }
  const pool = /^principal(?:Set)?:\/\/iam\.googleapis\.com\/([^/]+)\//.exec(textOf(member) ?? "")?.[1];
  if (pool !== undefined && !/^(projects|locations)$/.test(pool) && !pool.includes(HOLE)) {
    yield {
      resource,
      severity,
      message: `member names the pool "${pool}" alone; rejected by the API: a principal has the full name of its pool.`,
      fix: "Use google_iam_workload_identity_pool.NAME.name, which begins with projects/NUMBER/.",
    };
    return;
  }
  if (typeof member === "string" && /^(user|group):[^@]*$/.test(member) && !holdsPlaceholder(member)) {
    yield {
      resource,
      severity,
      message: `member is "${member}"; rejected by the API: a user or group is named by its e-mail.`,
      fix: 'Write for example "group:admins@example.com".',
    };
    return;
  }
  if (!(textOf(member) ?? "").startsWith("serviceAccount:")) return;
  if (typeof member === "string" && !holdsPlaceholder(member) && !ACCOUNT.test(member)) {
    yield {
      resource,
      severity,
      message: `member is "${member}"; rejected by the API: serviceAccount: is followed by the e-mail of an account.`,
      fix: "Write the e-mail once after the prefix, or use google_service_account.api.member.",
    };
    return;
  }
  const target = graph.target(member, ["google_service_account"], resource);
  if (target.kind !== "missing") return;
  yield {
    resource,
    severity: missingSeverity(target),
    message: `member is the service account "${target.name}"; rejected by the API: it is not defined${nearestHint(target)}.`,
    fix: `Write member = ${target.nearest?.address ?? "google_service_account.api"}.member.`,
  };
}

/** The attribute of an account, other than its email, that follows the prefix. */
function wrongAttribute(member: Value) {
  if (!isUnknown(member) || member.parts.length !== 2 || member.parts[0] !== "serviceAccount:")
    return undefined;
  const [reference, ...more] = references(member.parts[1]);
  if (reference === undefined || more.length > 0) return undefined;
  const isAccount = /(?:^|\.)google_service_account\.[^.]+$/.test(reference.address);
  return isAccount && /^(?:name|id|unique_id|display_name)$/.test(reference.attribute)
    ? reference
    : undefined;
}

/** True for a principal, known at least in part, without the prefix of its kind. */
function isBare(member: Value): boolean {
  const text = textOf(member);
  if (text === undefined || text === "" || text.startsWith(HOLE) || FORM.test(text)) return false;
  return text.includes("@") || !/[:\uE000]/.test(text);
}
