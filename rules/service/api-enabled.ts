import { groupBy } from "../../analysis/lists.ts";
import { ordered } from "../../analysis/references/order.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { disabledApis } from "../../resources/disabled-apis.ts";
import { apiOf } from "../../resources/facts/apis.ts";
import { plural } from "../../values/words.ts";
import type { Rule, Violation } from "../rule.ts";

const ENABLED = "google_project_service";

/** Where the input enables APIs, it enables all that it uses, and waits for them. */
export const apiEnabled: Rule = {
  id: "service/api-enabled",
  why: "In a new project every API is disabled: a resource that is created before its API is enabled is refused with SERVICE_DISABLED.",
  limit:
    "next to google_project_service resources, one for the API of each resource, which the resource depends on",
  fix: "Enable the API with google_project_service, and let the resource depend on it.",
  source: "https://docs.cloud.google.com/service-usage/docs/enable-disable",
  exampleSeverity: "warning",
  *check(graph) {
    const services = graph.all(ENABLED);
    if (services.length === 0) return;
    const used = groupBy(
      graph.all().filter((resource) => resource.type !== ENABLED && isCreated(resource)),
      (resource) => apiOf(resource.type),
    );
    for (const [api, resources] of used)
      if (api !== undefined && disabledApis.has(api)) yield* evaluate(graph, api, resources, services);
  },
};

/** One warning for an API, at the first resource that it concerns. */
function* evaluate(
  graph: Graph,
  api: string,
  resources: readonly Resource[],
  services: readonly Resource[],
): Iterable<Violation> {
  const missing: Resource[] = [];
  const early: [resource: Resource, service: Resource][] = [];
  for (const resource of resources) {
    const near = services.filter((service) => isOfProject(graph, service, resource));
    const enabling = near.find((service) => service.string("service") === api);
    const isKnown = near.length > 0 && near.every((service) => service.string("service") !== undefined);
    if (enabling === undefined && isKnown && graph.complete) missing.push(resource);
    if (enabling !== undefined && isCreated(enabling) && !ordered(graph, resource, enabling))
      early.push([resource, enabling]);
  }
  const [first, ...others] = missing;
  if (first !== undefined)
    yield {
      resource: first,
      severity: "warning",
      message: `${api}, which ${withOthers("it", others.length)} ${others.length === 0 ? "needs" : "need"}, is not among the APIs that are enabled here; rejected by the API in a new project: it is disabled.`,
      fix: `Add a google_project_service for ${api}, and depends_on it here.`,
    };
  const [[late, service] = [], ...more] = early;
  if (late !== undefined && service !== undefined)
    yield {
      resource: late,
      severity: "warning",
      message: `${withOthers("it", more.length)} ${more.length === 0 ? "does" : "do"} not wait for ${service.address}, which enables ${api}; rejected by the API in a new project: it is not enabled yet.`,
      fix: `Add depends_on = [${service.address.replace(/\[[^\]]*\]$/, "")}].`,
    };
}

function withOthers(first: string, others: number): string {
  return others === 0 ? first : `${first} and ${plural(others, "other resource")}`;
}

/** What a plan leaves as it is needs no API now. */
function isCreated({ change }: Resource): boolean {
  return change === undefined || change.actions.includes("create");
}

function isOfProject(graph: Graph, service: Resource, resource: Resource): boolean {
  return graph.together(service, resource) && projectKey(graph, service) === projectKey(graph, resource);
}

/** The project, or the expression that it comes from where its id is not known. */
function projectKey(graph: Graph, resource: Resource): string {
  const value = resource.get("project") ?? resource.provider.get("project");
  if (!isUnknown(value)) return graph.project(resource) ?? "(default)";
  const references = value.references.map(({ address, attribute }) => `${address}.${attribute}`);
  return `(${references.join(" ")} ${value.why})`;
}
