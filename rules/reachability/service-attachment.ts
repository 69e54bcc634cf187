import { soleReference } from "../../analysis/load-balancing/load-balancer.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** A service attachment publishes an internal load balancer, through subnets that serve nothing else. */
export const serviceAttachmentRule: Rule = {
  id: "reachability/service-attachment",
  why: "Private Service Connect translates the addresses of consumers in subnets of its own and leads to internal load balancers only.",
  limit:
    "nat_subnets have purpose PRIVATE_SERVICE_CONNECT and are in the region of the attachment; target_service is an internal forwarding rule",
  fix: 'Add a subnet with purpose = "PRIVATE_SERVICE_CONNECT" and name it in nat_subnets.',
  source: "https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-producer",
  *check(graph) {
    for (const attachment of graph.all("google_compute_service_attachment")) {
      const subnets = attachment.get("nat_subnets");
      for (const value of Array.isArray(subnets) ? subnets : []) {
        const target = graph.target(value, ["google_compute_subnetwork"], attachment);
        if (target.kind === "resource") yield* unfit(graph, attachment, target.resource);
      }
      yield* external(graph, attachment);
      yield* notARule(attachment);
    }
  },
};

function* unfit(graph: Graph, attachment: Resource, subnet: Resource): Iterable<Violation> {
  const purpose = subnet.get("purpose");
  const written = isSet(subnet, "purpose") ? subnet.string("purpose") : "PRIVATE";
  if (typeof purpose !== "object" && written !== "PRIVATE_SERVICE_CONNECT")
    yield {
      resource: subnet,
      message: `its purpose is ${written}, and ${attachment.address} names it in nat_subnets; rejected by the API: it must be PRIVATE_SERVICE_CONNECT.`,
      fix: 'Set purpose = "PRIVATE_SERVICE_CONNECT"; such a subnet serves nothing else.',
    };
  const [ours, theirs] = [graph.region(attachment), graph.region(subnet)];
  if (ours !== undefined && theirs !== undefined && ours !== theirs)
    yield {
      resource: attachment,
      message: `it is in ${ours}, and its subnet ${subnet.address} in ${theirs}; rejected by the API: they must be in one region.`,
      fix: `Name a subnet in ${ours}.`,
    };
}

function* notARule(attachment: Resource): Iterable<Violation> {
  const { address = "" } = soleReference(attachment.get("target_service")) ?? {};
  const type = /(?:^|\.)google_compute_(\w+)\.[^.]+$/.exec(address)?.[1];
  if (type === undefined || !/backend_service|target_|url_map|instance/.test(type)) return;
  yield {
    resource: attachment,
    message: `target_service is ${address}; rejected by the API: a forwarding rule is published.`,
    fix: "Name the forwarding rule in front of it, for example google_compute_forwarding_rule.main.id.",
  };
}

function* external(graph: Graph, attachment: Resource): Iterable<Violation> {
  const target = graph.target(
    attachment.get("target_service"),
    ["google_compute_forwarding_rule"],
    attachment,
  );
  if (target.kind !== "resource") return;
  const scheme = target.resource.get("load_balancing_scheme") ?? "EXTERNAL";
  if (typeof scheme !== "string" || !/^EXTERNAL/.test(scheme)) return;
  yield {
    resource: attachment,
    message: `target_service is ${target.resource.address}, whose load_balancing_scheme is ${scheme}; rejected by the API: only internal load balancers are published.`,
    fix: 'Set load_balancing_scheme = "INTERNAL" or "INTERNAL_MANAGED" there, or name another forwarding rule.',
  };
}
