import type { Draft } from "./environments.ts";

/** The worker pool of the shape "workers", with probes and an order of its containers, which newer providers have. */
export function probedWorkers(draft: Draft): void {
  draft.provider = "7";
  Object.assign(draft.workerPools[0], {
    port: 8090,
    startupProbe: {},
    livenessProbe: { path: "/alive" },
    startsAfter: ["proxy"],
  });
}
