import type { Environment } from "../schema/environment.ts";

/** Project of the network: the host project of a Shared VPC, otherwise the environment's own. */
export function networkProject({ project, network }: Pick<Environment, "project" | "network">): string {
  return network.unmanaged?.hostProject ?? project;
}

/** Whether the connector is one that others manage, which others may use as well. */
export function isConnectorOfOthers({ network }: Pick<Environment, "network">): boolean {
  return network.unmanaged?.connector !== undefined;
}

/** Whether the network is in a project whose metrics and logs this environment's project does not have. */
export function isSharedVpc({ network }: Pick<Environment, "network">): boolean {
  return network.unmanaged?.hostProject !== undefined;
}
