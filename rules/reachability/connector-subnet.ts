import { connectorSubnetwork, differ, networkLabel, networkOf } from "../../analysis/network/network.ts";
import { onlyReference } from "../../analysis/references/text.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** A connector in a subnet of one's own names it by its bare name. */
export const connectorSubnet: Rule = {
  id: "reachability/connector-subnet",
  why: "A connector is refused whose subnet is written as a link, or next to another network.",
  limit:
    "subnet.name is the bare name of a subnet in the connector's region; network and subnet exclude each other",
  fix: "Write the name attribute of a google_compute_subnetwork.",
  source: "https://docs.cloud.google.com/vpc/docs/configure-serverless-vpc-access",
  *check(graph) {
    for (const connector of graph.all("google_vpc_access_connector")) {
      for (const [message, fix] of violations(graph, connector)) yield { resource: connector, message, fix };
    }
  },
};

function* violations(graph: Graph, connector: Resource): Iterable<[message: string, fix: string]> {
  const name = connector.get("subnet.name");
  if (name === undefined || name === "") return;
  const reference = onlyReference(name, connector);
  if ((typeof name === "string" && name.includes("/")) || /^(id|self_link)$/.test(reference?.attribute ?? ""))
    yield [
      `subnet.name is ${typeof name === "string" ? `"${name}"` : "an id or self link"}, but must be a bare name; rejected by the API: the subnet is not found.`,
      "Write the name attribute of the google_compute_subnetwork.",
    ];
  const subnet = connectorSubnetwork(graph, connector);
  if (subnet === undefined) return;
  const written = networkOf(graph, connector.get("network"), connector);
  const network = networkOf(graph, subnet.get("network"), subnet);
  if (written !== undefined && network !== undefined && differ(written, network))
    yield [
      `it names ${networkLabel(written)}, but its subnet ${subnet.address} belongs to ${networkLabel(network)}; rejected at plan: network and subnet exclude each other.`,
      "Remove network.",
    ];
}
