import type { Construct } from "constructs";
import { VpcAccessConnector } from "../constructs/vpc-access-connector.ts";
import { createdConnectors } from "../platform/network/connectors.ts";
import { networkProject } from "../platform/network/network-project.ts";
import type { PlatformPlan } from "../platform/plan.ts";

/**
 * The connectors of one region, the region's own first: in the network that is created here, or on subnets of one that others manage.
 *
 * @param network id or reference; not read where subnets of others are named
 */
export function addConnectors(
  scope: Construct,
  plan: Pick<PlatformPlan, "project" | "region" | "network" | "names">,
  network: string,
): VpcAccessConnector[] {
  const { region, names } = plan;
  return createdConnectors(plan).map(({ further, subnet, ...connector }) => {
    const id = further === undefined ? "connector" : `connector-${further}`;
    return new VpcAccessConnector(scope, id, {
      ...connector,
      name: further === undefined ? names.connector : names.furtherConnector(further),
      region,
      ...(subnet === undefined ? { network } : { subnet: { name: subnet, project: networkProject(plan) } }),
    });
  });
}
