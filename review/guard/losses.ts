import { deletionLosses } from "./deletions.ts";
import { cloudRunLosses } from "./loss/cloud-run.ts";
import { connectorLosses } from "./loss/connector.ts";
import { databaseLosses } from "./loss/database.ts";
import { databaseAccessLosses } from "./loss/database-access.ts";
import { droppedBlocks } from "./loss/dropped-block.ts";
import { edgeLosses } from "./loss/edge.ts";
import { expiryLosses } from "./loss/expiry.ts";
import { firewallLosses } from "./loss/firewall.ts";
import { identityLosses } from "./loss/identity.ts";
import { kubernetesLosses } from "./loss/kubernetes.ts";
import { networkLosses } from "./loss/network.ts";
import { operationsLosses } from "./loss/operations.ts";
import { protectionLosses } from "./loss/protection.ts";
import { redisLosses } from "./loss/redis.ts";
import type { Loss } from "./loss.ts";

/** Everything that the guard knows to be destructive. */
export const losses: readonly Loss[] = [
  ...deletionLosses,
  ...databaseLosses,
  ...databaseAccessLosses,
  ...redisLosses,
  ...expiryLosses,
  ...connectorLosses,
  ...networkLosses,
  ...firewallLosses,
  ...cloudRunLosses,
  ...edgeLosses,
  ...identityLosses,
  ...operationsLosses,
  ...kubernetesLosses,
  ...protectionLosses,
  ...droppedBlocks,
];
