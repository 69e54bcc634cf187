import { count } from "./leaf.ts";
import { portProbe, portStartupProbe } from "./port-probe.ts";
import { section } from "./section.ts";
import { sidecars } from "./sidecar.ts";
import { container, dependencies, entryPoint, networkPath, size } from "./workload.ts";

/**
 * A Cloud Run worker pool: instances that always run and take no requests. They fetch their work themselves, from a queue or a
 * stream. A new image gets all instances at once: no rollout holds it.
 */
export const workerPool = section({
  ...container,
  ...entryPoint,
  ...size,
  /** Instances: so many always run, because nothing scales them. Budgets count those of overlapping revisions. */
  instanceCount: count({ from: 1, to: 1000, unit: "instances" }),
  ...networkPath,
  ...dependencies,
  ...sidecars,
  /** Port that the container listens on, for its probes. @default none */
  port: count({ from: 1, to: 65535, isName: true }).optional(),
  /** Its window is deadlines.startupWindow. Needs `port`, and provider 7.5. @default none: it has started with its process */
  startupProbe: portStartupProbe.optional(),
  /** The instance is restarted where it fails. Needs `port`, a path, and provider 7.5. @default none */
  livenessProbe: portProbe(3).optional(),
});
