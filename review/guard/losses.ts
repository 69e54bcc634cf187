import { databaseLosses } from "./loss/database.ts";
import { droppedBlocks } from "./loss/dropped-block.ts";
import { edgeLosses } from "./loss/edge.ts";
import { identityLosses } from "./loss/identity.ts";
import { kubernetesLosses } from "./loss/kubernetes.ts";
import { networkLosses } from "./loss/network.ts";
import { protectionLosses } from "./loss/protection.ts";
import { redisLosses } from "./loss/redis.ts";
import type { Loss } from "./loss.ts";
import { removalLosses } from "./removals.ts";

/** Everything that the guard knows to be destructive. */
export const losses: readonly Loss[] = [
  ...removalLosses,
  ...databaseLosses,
  ...redisLosses,
  ...networkLosses,
  ...edgeLosses,
  ...identityLosses,
  ...kubernetesLosses,
  ...protectionLosses,
  ...droppedBlocks,
];
