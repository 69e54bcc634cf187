import { Block, isUnknown } from "../../graph/index.ts";
import { cloudRunLimits } from "../../platform/limits.ts";
import { entry, type Workload } from "../service/cloud-run.ts";

export type ProbeKind = "startup" | "liveness";

/** A probe with Cloud Run's defaults filled in; a field is undefined where it is not known. */
export interface Probe {
  readonly kind: ProbeKind;
  readonly block: Block;
  readonly delay: number | undefined;
  readonly period: number | undefined;
  readonly timeout: number | undefined;
  readonly threshold: number | undefined;
}

/** The probes that are written in the container. */
export function probes(container: Block): Probe[] {
  return (["startup", "liveness"] as const).flatMap((kind) =>
    container
      .blocks(`${kind}_probe`)
      .slice(0, 1)
      .map((block) => ({
        kind,
        block,
        delay: field(block, "initial_delay_seconds", 0),
        period: field(block, "period_seconds", cloudRunLimits.defaultProbePeriod.value),
        timeout: field(block, "timeout_seconds", cloudRunLimits.defaultProbeTimeout.value),
        threshold: field(block, "failure_threshold", cloudRunLimits.defaultProbeThreshold.value),
      })),
  );
}

/** Zero is what the API takes for "not set". */
function field(block: Block, name: string, otherwise: number): number | undefined {
  const value = block.get(name);
  if (isUnknown(value)) return undefined;
  return block.number(name) || otherwise;
}

/** How long a container may take to start: the failures allowed, one period each. */
export function window(probe: Probe): number | undefined {
  return probe.period === undefined || probe.threshold === undefined
    ? undefined
    : probe.period * probe.threshold;
}

/** With a GPU Cloud Run allows a longer start. */
export function longestWindow(workload: Workload, container: Block): number {
  const gpu =
    workload.revision.get("node_selector.accelerator") !== undefined ||
    entry(workload.revision, "node_selector", "run.googleapis.com/accelerator") !== undefined ||
    entry(new Block({ limits: container.get("resources.limits") ?? null }), "limits", "nvidia.com/gpu") !==
      undefined;
  return (gpu ? cloudRunLimits.startupWindowWithGpu : cloudRunLimits.startupWindow).value;
}
