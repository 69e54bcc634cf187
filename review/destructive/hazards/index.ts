import { deletionHazards } from "../deletions.ts";
import type { Hazard } from "../hazard.ts";
import { cloudRunHazards } from "./cloud-run.ts";
import { connectorHazards } from "./connector.ts";
import { databaseHazards } from "./database.ts";
import { databaseAccessHazards } from "./database-access.ts";
import { droppedBlockHazards } from "./dropped-block.ts";
import { edgeHazards } from "./edge.ts";
import { expiryHazards } from "./expiry.ts";
import { firewallHazards } from "./firewall.ts";
import { identityHazards } from "./identity.ts";
import { kubernetesHazards } from "./kubernetes.ts";
import { networkHazards } from "./network.ts";
import { operationsHazards } from "./operations.ts";
import { protectionHazards } from "./protection.ts";
import { redisHazards } from "./redis.ts";
import { valkeyHazards } from "./valkey.ts";

/** Everything that is known to be destructive. */
export const hazards: readonly Hazard[] = [
  ...deletionHazards,
  ...databaseHazards,
  ...databaseAccessHazards,
  ...redisHazards,
  ...valkeyHazards,
  ...expiryHazards,
  ...connectorHazards,
  ...networkHazards,
  ...firewallHazards,
  ...cloudRunHazards,
  ...edgeHazards,
  ...identityHazards,
  ...operationsHazards,
  ...kubernetesHazards,
  ...protectionHazards,
  ...droppedBlockHazards,
];
