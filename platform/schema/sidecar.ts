import { z } from "zod";
import { mount } from "./bucket.ts";
import { choice, count, memory, texts } from "./leaf.ts";
import { name, secretName } from "./names.ts";
import { portProbe } from "./port-probe.ts";
import { section } from "./section.ts";
import { container, entryPoint } from "./workload.ts";

/** A container next to that of a service, job or worker pool, in each of its instances; they reach each other on localhost. */
export const sidecar = section({
  ...container,
  /** Name of the container: unique in the instance, and not that of the service or job itself. */
  name: name("collector"),
  ...entryPoint,
  /** Part of a CPU, or whole ones; all containers of an instance together have at most 8. */
  cpu: choice([0.1, 0.25, 0.5, 1, 2, 4, 6, 8], "CPUs of a container", "vCPU"),
  /** All containers of an instance together have at most 32 GiB. */
  memory: memory({
    from: 128,
    to: 32768,
    because: "part of the 32 GiB of an instance",
    example: "mebibytes(256)",
  }),
  /** Port that it listens on, for its probes; no other container of the instance has it. @default none */
  port: count({ from: 1, to: 65535, isName: true }).optional(),
  /**
   * Names of containers that have started before it starts: other sidecars, or the service or job itself. One that others wait
   * for has a start-up probe. @default none: all start at once
   */
  startsAfter: z.array(name("proxy")).optional(),
  /** Needs `port`. @default none; one that others wait for: whether `port` is open */
  startupProbe: portProbe(12).optional(),
  /** The instance is restarted where it fails. Needs `port` and a path. @default none */
  livenessProbe: portProbe(3).optional(),
  /** Mounts of `inMemoryVolumes` of the service or job that it shares. @default none */
  shares: z.array(mount).optional(),
  /** Secrets, each passed as an environment variable. @default none */
  secrets: z.array(secretName).default([]),
  /** Plain environment variables. @default none */
  environment: texts({
    what: "texts by the name of the variable",
    fix: 'write for example { LOG_LEVEL: "info" }',
  }).default({}),
});

/** Parts of what runs several containers; spread, so that editors show their comments. */
export const sidecars = {
  /** Containers in every instance next to its own: a collector, a proxy. @default none */
  sidecars: z.array(sidecar).optional(),
  /** Names of sidecars that have started before its own container starts. @default none: all start at once */
  startsAfter: z.array(name("proxy")).optional(),
};
