import type { Readers } from "../assertions/asserted-construct.ts";
import {
  type CloudRunTemplateProps,
  entryPoint,
  type SidecarContainer,
  variables,
  volumes,
} from "./cloud-run-template.ts";
import { containerProbe } from "./container-probe.ts";

type Mounts = readonly { readonly name: string; readonly mountPath: string }[];

/** What the container of the workload itself says where there are others: its name, and which it waits for. */
function ownContainer({ containerName, startsAfter }: CloudRunTemplateProps) {
  return {
    ...(containerName === undefined ? {} : { name: containerName }),
    ...(startsAfter === undefined ? {} : { dependsOn: [...startsAfter] }),
  };
}

/** The volumes of a workload, the containers next to its own, and its own, from the props that all workloads have in common. */
export function instanceParts<Props extends CloudRunTemplateProps>(readers: Readers, props: Props) {
  const mounted = volumes({
    ...props,
    mountedBuckets: readers.list("mountedBuckets", props.mountedBuckets ?? []),
    inMemoryVolumes: readers.list("inMemoryVolumes", props.inMemoryVolumes ?? []),
  });
  const sidecars = sidecarContainers(readers, props, mounted.volumeMounts);
  const own = {
    ...ownContainer(props),
    image: props.image,
    ...entryPoint(props),
    resources: { limits: { cpu: props.cpu, memory: props.memory } },
    env: variables(
      readers.entries("environment", props.environment),
      readers.entries("secrets", props.secrets),
    ),
    volumeMounts: mounted.volumeMounts,
  };
  return { mounted, sidecars, own };
}

/**
 * The containers next to that of the workload.
 *
 * @param volumeMounts those of the workload's own container, some of which a sidecar shares
 */
function sidecarContainers(
  { list, entries }: Readers,
  { sidecars = [] }: Pick<CloudRunTemplateProps, "sidecars">,
  volumeMounts: Mounts,
) {
  return list("sidecars", sidecars).map((sidecar, index) => ({
    name: sidecar.name,
    image: sidecar.image,
    ...entryPoint(sidecar),
    ...(sidecar.startsAfter === undefined ? {} : { dependsOn: [...sidecar.startsAfter] }),
    resources: { limits: { cpu: sidecar.cpu, memory: sidecar.memory } },
    env: variables(
      entries(`sidecars.${index}.environment`, sidecar.environment ?? {}),
      entries(`sidecars.${index}.secrets`, sidecar.secrets ?? {}),
    ),
    ...probes(sidecar),
    volumeMounts: list(`sidecars.${index}.mounts`, sidecar.mounts ?? []).map((mountPath) => ({
      // A volume of the mount's name is none: a rule says so.
      name: volumeMounts.find((mount) => mount.mountPath === mountPath)?.name ?? mountPath,
      mountPath,
    })),
  }));
}

function probes({ port = 0, startupProbe, livenessProbe }: SidecarContainer) {
  return {
    ...(startupProbe === undefined ? {} : { startupProbe: containerProbe(startupProbe, port) }),
    ...(livenessProbe === undefined ? {} : { livenessProbe: containerProbe(livenessProbe, port) }),
  };
}
