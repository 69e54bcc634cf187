import {
  type CloudRunTemplateProps,
  entryPoint,
  type SidecarContainer,
  variables,
} from "./cloud-run-template.ts";
import { containerProbe } from "./container-probe.ts";

/** What a construct reads lists and records with: it refuses those that are known only at apply. */
interface Readers {
  list<Item>(property: string, items: readonly Item[]): readonly Item[];
  entries<Value>(
    property: string,
    record: Readonly<Record<string, Value>>,
  ): readonly (readonly [name: string, value: Value])[];
}

type Mounts = readonly { readonly name: string; readonly mountPath: string }[];

/** What the container of the workload itself says where there are others: its name, and which it waits for. */
export function ownContainer({ containerName, startsAfter }: CloudRunTemplateProps) {
  return {
    ...(containerName === undefined ? {} : { name: containerName }),
    ...(startsAfter === undefined ? {} : { dependsOn: [...startsAfter] }),
  };
}

/**
 * The containers next to that of the workload.
 *
 * @param volumeMounts those of the workload's own container, some of which a sidecar shares
 */
export function sidecarContainers(
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
