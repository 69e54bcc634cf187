import { domainsOf, isCovered, parentOf } from "../../analysis/load-balancing/domains.ts";
import { serviceTypes, workloadOf } from "../../analysis/workload/index.ts";
import { type Block, type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { nameFault } from "../../resources/host-names.ts";
import { INGRESS_DOC } from "../edge/sources.ts";
import type { Rule, Violation } from "../rule.ts";

/** An uptime check requests a host that responds. */
export const uptimeHost: Rule = {
  id: "observability/uptime-host",
  why: "Uptime checks come from the internet: a run.app address with internal ingress returns 404, and /healthz never reaches the container there.",
  limit: "the host of the load balancer, or a run.app address with ingress for all; not /healthz on run.app",
  fix: "Check the host of the load balancer, with a path such as /health.",
  source: INGRESS_DOC,
  *check(graph) {
    const served = servedDomains(graph);
    for (const check of graph.all("google_monitoring_uptime_check_config")) {
      const monitored = check.blocks("monitored_resource")[0];
      const host = monitored?.get("labels.host");
      if (monitored === undefined || host === undefined || check.string("checker_type") === "VPC_CHECKERS")
        continue;
      yield* onRunApp(graph, check, host);
      if (typeof host === "string") yield* behindBalancer(served, check, monitored, host);
    }
  },
};

function* onRunApp(graph: Graph, check: Resource, host: Value): Iterable<Violation> {
  const target = graph.target(reference(host), serviceTypes, check);
  const resource = target.kind === "resource" ? target.resource : named(graph, host);
  const workload = resource === undefined ? undefined : workloadOf(resource);
  if (workload === undefined && !(typeof host === "string" && host.endsWith(".run.app"))) return;
  if (check.string("http_check.path")?.replace(/^\/?/, "/") === "/healthz")
    yield {
      resource: check,
      message:
        "http_check.path is /healthz on run.app; fails at run time: Google returns 404 for it before the container sees the request.",
      fix: "Use another path, for example /health.",
    };
  const open = workload?.ingress;
  if (workload === undefined || open === undefined || open === "all") return;
  yield {
    resource: check,
    message: `the check requests the run.app address of ${workload.resource.address}; fails at run time: its ingress is ${open === "internal" ? "internal only" : "for the load balancer only"}, so every check gets 404.`,
  };
}

/** A run.app address begins with the name of its service: NAME-HASH-REGION.a.run.app or NAME-NUMBER.REGION.run.app. */
function named(graph: Graph, host: Value): Resource | undefined {
  if (typeof host !== "string") return undefined;
  const name = /^([a-z][-a-z0-9]*)-(?:[a-z0-9]+-[a-z]+\.a|\d+\.[a-z]+-[a-z]+\d+)\.run\.app$/.exec(host)?.[1];
  const found = graph.all(...serviceTypes).filter((service) => service.string("name") === name);
  return name !== undefined && found.length === 1 ? found[0] : undefined;
}

/** The piece of the host that is known only after apply: the address of a service. */
function reference(host: Value): Value | undefined {
  if (!isUnknown(host)) return undefined;
  const piece = host.parts.find((part) => isUnknown(part)) ?? host;
  return isUnknown(piece) && piece.references.every(({ attribute }) => /^(uri|urls|status)/.test(attribute))
    ? piece
    : undefined;
}

/** Domains of certificates by their last two labels. */
type Served = ReadonlyMap<string, ReadonlySet<string>>;

function servedDomains(graph: Graph): Served {
  const served = new Map<string, Set<string>>();
  for (const certificate of graph.all(
    "google_compute_managed_ssl_certificate",
    "google_certificate_manager_certificate",
  )) {
    for (const domain of domainsOf(certificate, "managed.domains")) {
      const parent = parentOf(domain);
      served.set(parent, (served.get(parent) ?? new Set()).add(domain));
    }
  }
  return served;
}

/** A host of the same domain as the certificates here, that none of them names, is probably a misspelling. */
function* behindBalancer(
  served: Served,
  check: Resource,
  monitored: Block,
  host: string,
): Iterable<Violation> {
  if (monitored.string("type") !== "uptime_url") return;
  if (/[/:]/.test(host)) {
    yield {
      resource: check,
      message: `host is "${host}"; fails at run time: a host has neither scheme, port nor path.`,
      fix: "Write the bare name; path and port belong to http_check.",
    };
    return;
  }
  const fault = nameFault(host.replace(/\.$/, ""));
  if (fault !== undefined) {
    yield {
      resource: check,
      message: `host is "${host}"; fails at run time: ${fault.because}.`,
      fix: fault.fix,
    };
    return;
  }
  const related = served.get(parentOf(host));
  if (related === undefined || isCovered(related, host.toLowerCase())) return;
  yield {
    resource: check,
    severity: "warning",
    message: `host is "${host}"; fails at run time unless it is served elsewhere: the certificates here are for ${[...related].slice(0, 5).join(", ")}.`,
  };
}
