import type { Graph, Resource } from "../../graph/index.ts";
import type { Range } from "../../values/ranges.ts";
import { nameOf } from "../references/names.ts";
import { type Need, needsOf, needsOfVariable, serverLabel } from "../references/needs.ts";
import { outsideEndpoint } from "../references/outside.ts";
import { portsFor } from "../references/port-variable.ts";
import { type Workload, workloads } from "../workload/index.ts";
import { hostRange, isInternal } from "./addresses.ts";
import { type Attachment, attachmentOf, networkOfServer } from "./network.ts";
import { deciding, type FirewallRule, firewallRules } from "./packet-filter.ts";
import { serverPort, serverRange } from "./server-range.ts";

/** Something that a workload connects to through the VPC, and the rule that decides over it. */
export interface Needed {
  readonly workload: Workload;
  /** What is reached, for messages. */
  readonly label: string;
  readonly port: number;
  readonly range: Range | undefined;
  readonly tags: readonly string[];
  readonly attachment: Attachment;
  readonly rules: readonly FirewallRule[];
  readonly decision: FirewallRule | undefined;
}

/** Everything that the workloads of the input need from the network. */
export function flowsOf(graph: Graph): Needed[] {
  const perNetwork = new Map<Resource | string, FirewallRule[]>();
  return workloads(graph).flatMap((workload) => {
    const attachment = attachmentOf(graph, workload);
    const network = attachment?.network;
    if (attachment === undefined || network === undefined) return [];
    const key = network.resource ?? network.name ?? "";
    const rules = perNetwork.get(key) ?? firewallRules(graph, network, "EGRESS");
    perNetwork.set(key, rules);
    if (rules.length === 0) return [];
    const tags = instanceTags(graph, attachment);
    const common = { workload, tags, attachment, rules };
    const inside = needsOf(graph, workload).flatMap((need): Needed[] => {
      const port = serverPort(need, workload);
      if (!need.internal || port === undefined || networkOfServer(graph, need.target) === undefined)
        return [];
      const range = serverRange(graph, need.target);
      const decision = portsOf(need, port)
        .map((candidate) => deciding(rules, { range, port: candidate, tags }))
        .reduce((best, other) => (best?.allows === false ? other : best));
      return [{ ...common, label: serverLabel(need), port, range, decision }];
    });
    const written = literalServers(graph, workload).map(({ label, port, range }): Needed => {
      const decision = deciding(rules, { range, port, tags });
      return { ...common, label, port, range, decision };
    });
    inside.push(...written);
    const host = workload.vpcAccess.egress === "ALL_TRAFFIC" ? outsideEndpoint(graph, workload) : undefined;
    if (host === undefined) return inside;
    const { port, label } = host;
    const decision = deciding(rules, { range: undefined, outside: true, port, tags });
    return [...inside, { ...common, label, port, range: undefined, decision }];
  });
}

/** A socket or a library goes to 3307, and the volume of Cloud Run in a way that is not documented. */
function portsOf(need: Need, port: number): readonly number[] {
  const plain = need.via === "connector" ? serverPort({ ...need, via: "address" }) : undefined;
  return plain === undefined ? [port] : [port, plain];
}

/** Private servers whose address and port are written as a literal and which the input does not define. */
function literalServers(graph: Graph, workload: Workload) {
  return workload.containers.flatMap((container) =>
    container.env.flatMap((variable) => {
      const range = hostRange(variable);
      if (range === undefined || !isInternal(range)) return [];
      if (needsOfVariable(graph, workload, variable).length > 0) return [];
      const [written] = portsFor(container, variable);
      const label = `${range.cidr.replace("/32", "")} (${variable.name})`;
      return written === undefined ? [] : [{ label, port: written.port, range }];
    }),
  );
}

/** The instances of a connector carry these tags; Direct VPC egress those of its interface. */
export function instanceTags(graph: Graph, { connector, tags }: Attachment): readonly string[] {
  if (connector === undefined) return tags;
  return ["vpc-connector", `vpc-connector-${graph.region(connector)}-${nameOf(connector)}`];
}
