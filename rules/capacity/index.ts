import type { Rule } from "../rule.ts";
import { concurrency } from "./concurrency.ts";
import { connectorConnections } from "./connector-connections.ts";
import { connectorInstances } from "./connector-instances.ts";
import { connectorLoad } from "./connector-load.ts";
import { connectorShape } from "./connector-shape.ts";
import { connectorThroughput } from "./connector-throughput.ts";
import { cpuMemory } from "./cpu-memory.ts";
import { databaseConnections } from "./database-connections.ts";
import { directEgressAddresses } from "./direct-egress-addresses.ts";
import { fractionalCpu } from "./fractional-cpu.ts";
import { instances } from "./instances.ts";
import { job } from "./job.ts";
import { natPorts } from "./nat-ports.ts";
import { natTwice } from "./nat-twice.ts";
import { redisClients } from "./redis-clients.ts";

/** What all services share is enough for all of them at full scale, and every size is one that Google Cloud has. */
export const capacityRules: readonly Rule[] = [
  concurrency,
  connectorConnections,
  connectorInstances,
  connectorLoad,
  connectorShape,
  connectorThroughput,
  cpuMemory,
  databaseConnections,
  directEgressAddresses,
  fractionalCpu,
  instances,
  job,
  natPorts,
  natTwice,
  redisClients,
];
