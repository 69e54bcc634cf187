import type { CloudRunTemplateProps, SidecarContainer } from "../constructs/cloud-run-template.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import type { Sidecar, WorkerPool, Workload } from "../platform/schema/environment.ts";
import { memoryQuantity, seconds } from "../platform/units.ts";
import type { ContainerProbe } from "../platform/workloads/container-probe.ts";
import { isWaitedFor, sidecarVariables } from "../platform/workloads/sidecars.ts";
import { plainVariables, secretVariables } from "./service-template.ts";

/** The containers next to that of a service or a job; its preflight, which runs another image, has none. */
export function sidecarTemplate(
  plan: Pick<PlatformPlan, "secrets">,
  workload: Workload,
): Pick<CloudRunTemplateProps, "containerName" | "startsAfter" | "sidecars"> {
  const { name, startsAfter, sidecars = [] } = workload;
  if (sidecars.length === 0) return {};
  return {
    containerName: name,
    ...(startsAfter === undefined ? {} : { startsAfter }),
    sidecars: sidecars.map((sidecar) => container(plan, workload, sidecar)),
  };
}

function container(
  plan: Pick<PlatformPlan, "secrets">,
  workload: Workload,
  sidecar: Sidecar,
): SidecarContainer {
  const { command, args, startsAfter, shares = [] } = sidecar;
  const variables = sidecarVariables(plan, sidecar);
  return {
    name: sidecar.name,
    image: sidecar.image,
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    cpu: String(sidecar.cpu),
    memory: memoryQuantity(sidecar.memory),
    ...probes(workload, sidecar),
    ...(startsAfter === undefined ? {} : { startsAfter }),
    environment: plainVariables(variables),
    secrets: secretVariables(variables),
    mounts: shares,
  };
}

/** The probes of a container that states its port: its own, and one of its port where another container waits for it. */
function probes(workload: Workload, { name, port, startupProbe, livenessProbe }: Probed) {
  const opened = isWaitedFor(workload, name) ? OPENED : undefined;
  const started = startupProbe === undefined ? opened : probe(startupProbe);
  return {
    ...(port === undefined ? {} : { port }),
    ...(started === undefined ? {} : { startupProbe: started }),
    ...(livenessProbe?.path === undefined
      ? {}
      : { livenessProbe: { ...probe(livenessProbe), path: livenessProbe.path } }),
  };
}

type Probed = Pick<Sidecar, "name" | "port" | "startupProbe" | "livenessProbe">;

/** Where nothing else is written: the container has a minute until its port is open. */
const OPENED: ContainerProbe = { isTcp: true, period: seconds(5), timeout: seconds(2), failureThreshold: 12 };

/** Those of the container of a worker pool itself, which has the start-up window of all services. */
export function ownProbes({ deadlines }: Pick<PlatformPlan, "deadlines">, pool: WorkerPool) {
  const opened = isWaitedFor(pool, pool.name) ? OPENED : undefined;
  const { startupProbe: started = opened } = pool;
  const startupProbe =
    started === undefined
      ? undefined
      : { ...started, failureThreshold: Math.floor(deadlines.startupWindow / started.period) };
  return {
    ...probes({ ...pool, startsAfter: [], sidecars: [] }, { ...pool, startupProbe: undefined }),
    ...(startupProbe === undefined ? {} : { startupProbe: probe(startupProbe) }),
  };
}

function probe({ path, ...timing }: NonNullable<Sidecar["startupProbe"]>): ContainerProbe {
  return path === undefined ? { ...timing, isTcp: true } : { ...timing, path };
}
