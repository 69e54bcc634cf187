import type { Construct } from "constructs";
import { createdConnectors } from "../platform/network/connectors.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { addConnectors } from "./connectors.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/**
 * The connectors of a region on subnets of a network that others manage: all that is created for it there. It is the stack `network` of
 * such an environment.
 */
export class ConnectorStack extends PlatformStack {
  constructor(scope: Construct, plan: StackPlan<"network">) {
    super(scope, plan, "network");
    addConnectors(this, plan, this.names.networkId);
  }
}

/** The stack of the connectors of a region; undefined where others manage the only one, or where there is none. */
export function connectorStack(scope: Construct, plan: PlatformPlan): ConnectorStack | undefined {
  return createdConnectors(plan).length === 0 ? undefined : new ConnectorStack(scope, plan);
}
