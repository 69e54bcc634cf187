import type { Rule } from "../rule.ts";
import { annotations } from "./annotations.ts";
import { choices } from "./choices.ts";
import { containers } from "./containers.ts";
import { cpuIdle } from "./cpu-idle.ts";
import { duplicate } from "./duplicate.ts";
import { environmentVariables } from "./environment.ts";
import { labels } from "./labels.ts";
import { serviceName } from "./name.ts";
import { ports } from "./ports.ts";
import { traffic } from "./traffic.ts";
import { volumes } from "./volumes.ts";

/** What Cloud Run takes of a service, apart from its deadlines and its capacity. */
export const serviceRules: readonly Rule[] = [
  annotations,
  choices,
  containers,
  cpuIdle,
  duplicate,
  environmentVariables,
  labels,
  ports,
  serviceName,
  traffic,
  volumes,
];
