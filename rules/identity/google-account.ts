import { grants } from "../../analysis/identity/grants.ts";
import { HOLE, holes, textOf } from "../../analysis/references/text.ts";
import { type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const EDITOR_AGENT = "cloudservices.gserviceaccount.com";
const AGENT =
  /@(cloudservices\.gserviceaccount\.com|gcp-sa-[a-z0-9-]+\.iam\.gserviceaccount\.com|[a-z-]+-robot[a-z-]*\.iam\.gserviceaccount\.com|containerregistry\.iam\.gserviceaccount\.com|service-networking\.iam\.gserviceaccount\.com)$/;

/** Accounts of Google whose name begins with the number of a project, and the prefix before the number. */
const NUMBERED: readonly (readonly [domain: RegExp, before: string, after: string])[] = [
  [/^cloudservices\.gserviceaccount\.com$/, "", ""],
  [/^cloudbuild\.gserviceaccount\.com$/, "", ""],
  [/^developer\.gserviceaccount\.com$/, "", "-compute"],
  [/^gcp-sa-[a-z0-9-]+\.iam\.gserviceaccount\.com$/, "service-", ""],
  [/^serverless-robot-prod\.iam\.gserviceaccount\.com$/, "service-", ""],
  [/^gcf-admin-robot\.iam\.gserviceaccount\.com$/, "service-", ""],
  [/^container-engine-robot\.iam\.gserviceaccount\.com$/, "service-", ""],
  [/^compute-system\.iam\.gserviceaccount\.com$/, "service-", ""],
  [/^service-networking\.iam\.gserviceaccount\.com$/, "service-", ""],
];

/** Google's own accounts keep their roles, and are named by the number of the project. */
export const googleAccount: Rule = {
  id: "identity/google-account",
  why: "Google's services act as accounts of their own: a binding or policy that leaves them out takes their roles away, and IAM rejects one that does not exist.",
  limit:
    "NUMBER@cloudservices, NUMBER-compute@developer, service-NUMBER@gcp-sa-NAME.iam, PROJECT_ID@appspot; NUMBER@cloudservices among the members of an authoritative roles/editor",
  fix: 'Write the number of the project, for example "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com".',
  source: "https://docs.cloud.google.com/iam/docs/service-agents",
  *check(graph) {
    yield* takenAway(graph);
    for (const { resource, members } of grants(graph))
      for (const member of members) yield* misnamed(graph, resource, member);
  },
};

/** A project's editors without Google's APIs agent, and the role of a service agent without it. */
function* takenAway(graph: Graph): Iterable<Violation> {
  for (const { resource, kind, scope, role, members } of grants(graph)) {
    if (kind === "member" || scope !== "project" || typeof role !== "string") continue;
    const texts = members.map((member) => textOf(member) ?? HOLE);
    if (
      texts.some((text) => text.replace(/^serviceAccount:/, "") === HOLE) ||
      resource.get("condition") !== undefined
    )
      continue;
    if (role === "roles/editor" && !texts.some((text) => text.endsWith(`@${EDITOR_AGENT}`)))
      yield {
        resource,
        severity: "warning",
        message: `it owns roles/editor of the project and does not list NUMBER@${EDITOR_AGENT}; fails at run time: Google's APIs agent loses its role, and connectors, instance groups and deployments are no longer created.`,
        fix: "Use google_project_iam_member, or add the agent to the members.",
      };
    if (/^roles\/[a-z]+\.serviceAgent$/i.test(role) && !texts.some((text) => AGENT.test(text)))
      yield {
        resource,
        severity: "warning",
        message: `it owns ${role} of the project and does not list the service agent; fails at run time: the agent loses the role that its service works with.`,
        fix: "Use google_project_iam_member, or add the agent to the members.",
      };
  }
}

function* misnamed(graph: Graph, resource: Resource, member: Value): Iterable<Violation> {
  const text = textOf(member) ?? "";
  const [, local = "", domain = ""] = /^serviceAccount:([^@]+)@(.+)$/s.exec(text) ?? [];
  const [, before = "", after = ""] = NUMBERED.find(([pattern]) => pattern.test(domain)) ?? [];
  const isAppSpot = domain === "appspot.gserviceaccount.com";
  const isNumbered = NUMBERED.some(([pattern]) => pattern.test(domain));
  if (!isNumbered && !isAppSpot) return;
  const shown = text.replaceAll(HOLE, "...");
  const report = (because: string, fix: string): Violation => ({
    resource,
    message: `member is "${shown}"; rejected by the API: ${because}.`,
    fix,
  });
  if (isAppSpot) {
    if (/^\d+$/.test(local))
      yield report(
        "the account of App Engine has the id of the project in its name, not the number",
        'Write the id, for example "serviceAccount:acme-dev@appspot.gserviceaccount.com".',
      );
    return;
  }
  const example = `Write "serviceAccount:${before}\${data.google_project.this.number}${after}@${domain}".`;
  const project =
    local.startsWith(before) && local.endsWith(after)
      ? local.slice(before.length, local.length - after.length || undefined)
      : local;
  // Of the default account of Compute Engine there are others at the same domain.
  if (project === local && before + after !== "") {
    if (before !== "" && (/^\d+$/.test(local) || (local === HOLE && isNumber(graph, member, resource))))
      yield report(`the name of this service agent begins with "${before}"`, example);
    return;
  }
  if (
    (/^(?!(?:org|folder)-\d)[a-z]/.test(project) && !project.includes(HOLE)) ||
    (project === HOLE && isProjectId(graph, member, resource))
  )
    yield report("Google's own accounts have the number of the project in their names, not its id", example);
}

/** The attribute of a project of which the one unknown piece consists. */
function attributeOf(graph: Graph, member: Value, from: Resource): string | undefined {
  const [hole, ...more] = holes(member);
  const [reference] = hole?.references ?? [];
  if (!isUnknown(hole) || more.length > 0 || reference === undefined) return undefined;
  return graph.at(reference.address, from)?.type === "google_project" ? reference.attribute : undefined;
}

function isNumber(graph: Graph, member: Value, from: Resource): boolean {
  return attributeOf(graph, member, from) === "number";
}

function isProjectId(graph: Graph, member: Value, from: Resource): boolean {
  return /^(project_id|name)$/.test(attributeOf(graph, member, from) ?? "");
}
