import { references } from "../../analysis/references/text.ts";
import { variables, workloads } from "../../analysis/workload/index.ts";
import type { Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const PATH = "settings.ip_configuration";

/** An instance has the address that a workload asks it for. */
export const sqlAddress: Rule = {
  id: "reachability/sql-address",
  why: "private_ip_address is empty without private_network, and public_ip_address is empty with ipv4_enabled = false.",
  limit:
    "private_network is set where private_ip_address is used; ipv4_enabled is not false where public_ip_address is used",
  fix: "Give the instance that kind of address, or use the other attribute.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/configure-private-ip",
  *check(graph) {
    const reported = new Set<Resource>();
    for (const { resource, variable, address, attribute } of uses()) {
      const instance = graph.at(address, resource);
      if (instance?.type !== "google_sql_database_instance" || instance.mode !== "managed") continue;
      const lack = lacking(instance, attribute);
      if (lack === undefined) continue;
      const message = `${variable} of ${resource.address} takes ${attribute} of ${instance.address}, which ${lack}; fails at run time: the host is empty.`;
      const ends = reported.has(instance) ? [resource] : [resource, instance];
      reported.add(instance);
      for (const end of ends) yield { resource: end, message };
    }

    function* uses() {
      for (const workload of workloads(graph)) {
        for (const { name, value } of variables(workload)) {
          const addresses = references(value).filter(({ attribute }) => /ip_address/.test(attribute));
          const [only] = addresses;
          // A choice between two addresses is made when the instance is known.
          if (only === undefined || new Set(addresses.map(({ attribute }) => attribute)).size > 1) continue;
          yield { resource: workload.resource, variable: name, ...only };
        }
      }
    }
  },
};

function lacking(instance: Resource, attribute: string): string | undefined {
  if (attribute === "private_ip_address" && instance.get(`${PATH}.private_network`) === undefined)
    return "has no private_network";
  if (attribute === "public_ip_address" && instance.boolean(`${PATH}.ipv4_enabled`) === false)
    return "has ipv4_enabled = false";
  return undefined;
}
