import type { CloudRunTemplateProps, SidecarContainer } from "../constructs/cloud-run-template.ts";
import type { ContainerProbe } from "../platform/container-probe.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import type { Sidecar, Workload } from "../platform/schema/environment.ts";
import { isWaitedFor, sidecarVariables } from "../platform/sidecars.ts";
import { memoryQuantity, seconds } from "../platform/units.ts";
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
  const { command, args, port, startsAfter, startupProbe, livenessProbe, shares = [] } = sidecar;
  const variables = sidecarVariables(plan, sidecar);
  const opened = isWaitedFor(workload, sidecar.name) ? OPENED : undefined;
  const started = startupProbe === undefined ? opened : probe(startupProbe);
  return {
    name: sidecar.name,
    image: sidecar.image,
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    cpu: String(sidecar.cpu),
    memory: memoryQuantity(sidecar.memory),
    ...(port === undefined ? {} : { port }),
    ...(startsAfter === undefined ? {} : { startsAfter }),
    ...(started === undefined ? {} : { startupProbe: started }),
    ...(livenessProbe === undefined ? {} : { livenessProbe: probe(livenessProbe) }),
    environment: plainVariables(variables),
    secrets: secretVariables(variables),
    mounts: shares,
  };
}

/** Where nothing else is written: the sidecar has a minute until its port is open. */
const OPENED: ContainerProbe = { isTcp: true, period: seconds(5), timeout: seconds(2), failureThreshold: 12 };

function probe({ path, ...timing }: NonNullable<Sidecar["startupProbe"]>): ContainerProbe {
  return path === undefined ? { ...timing, isTcp: true } : { ...timing, path };
}
