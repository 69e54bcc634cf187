import type { ContainerProbe } from "../platform/workloads/container-probe.ts";

/** How instances reach the VPC network: exactly one of the two paths. */
export type EgressPath =
  | { readonly connector: string }
  | { readonly network: string; readonly subnetwork: string };

/** A Cloud Storage bucket whose objects appear as files. */
export interface MountedBucket {
  /** Name of the bucket. */
  readonly bucket: string;
  /** Absolute path in the container. */
  readonly mount: string;
  /** @default false */
  readonly readOnly?: boolean;
}

/** A directory in memory, empty at every start. */
export interface InMemoryVolume {
  /** Absolute path in the container. */
  readonly mount: string;
  /** Canonical quantity: "256Mi". What is in it counts as memory of the container. */
  readonly size: string;
}

/** A container next to that of the workload, in each of its instances; they reach each other on localhost. */
export interface SidecarContainer extends Pick<CloudRunTemplateProps, "image" | "command" | "args"> {
  /** Unique in the instance. */
  readonly name: string;
  /** A part of a CPU, "0.25", or whole ones; those of all containers together at most 8. */
  readonly cpu: string;
  /** Canonical quantity: "256Mi"; that of all containers together at most 32 GiB. */
  readonly memory: string;
  /** Port of its probes. @default that of each probe */
  readonly port?: number;
  /** Names of containers that have started before it starts; each has a start-up probe. @default none */
  readonly startsAfter?: readonly string[];
  /** @default none */
  readonly startupProbe?: ContainerProbe;
  /** @default none */
  readonly livenessProbe?: ContainerProbe;
  /** Plain variables by name. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Variables from pinned secret versions, by name. @default none */
  readonly secrets?: CloudRunTemplateProps["secrets"];
  /** Mounts of the workload's volumes that it shares. @default none */
  readonly mounts?: readonly string[];
}

/** Properties that Cloud Run services and jobs share. */
export interface CloudRunTemplateProps {
  /** At most 49 lower-case letters, digits and hyphens for a service, 63 for a job. */
  readonly name: string;
  readonly region: string;
  /** By digest: a tag can change without a new revision. */
  readonly image: string;
  /** Replaces the image's entry point. @default the image's own */
  readonly command?: readonly string[];
  /** Arguments of the entry point. @default those of the image */
  readonly args?: readonly string[];
  /** "1", "2", "4", "6" or "8". */
  readonly cpu: string;
  /** Canonical quantity: "512Mi", "2Gi". */
  readonly memory: string;
  /** E-mail of the service account. */
  readonly serviceAccount: string;
  /** @default no VPC access */
  readonly egressPath?: EgressPath;
  /** Route all traffic through the network, which needs Cloud NAT, or private ranges only. @default private ranges only */
  readonly egress?: "ALL_TRAFFIC" | "PRIVATE_RANGES_ONLY";
  /** Cloud SQL instance, or several, each as project:region:instance; its socket appears under /cloudsql. @default none */
  readonly cloudSqlInstance?: string | readonly string[];
  /** Buckets that the service account may read, or write where they are not read-only. @default none */
  readonly mountedBuckets?: readonly MountedBucket[];
  /** @default none */
  readonly inMemoryVolumes?: readonly InMemoryVolume[];
  /** Containers next to its own. @default none */
  readonly sidecars?: readonly SidecarContainer[];
  /** Name of its own container; needed where sidecars wait for it. @default none */
  readonly containerName?: string;
  /** Names of sidecars that have started before its own container starts; each has a start-up probe. @default none */
  readonly startsAfter?: readonly string[];
  /** Plain variables by name. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables from pinned secret versions, by name. */
  readonly secrets: Readonly<Record<string, { readonly secret: string; readonly version: number }>>;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

type Entries<Of> =
  Of extends Readonly<Record<string, infer Value>>
    ? readonly (readonly [name: string, value: Value])[]
    : never;

/** VPC access and the traffic that uses it. */
export function vpcAccess({
  egressPath,
  egress,
}: Required<Pick<CloudRunTemplateProps, "egressPath" | "egress">>) {
  if ("connector" in egressPath) return { connector: egressPath.connector, egress };
  const { network, subnetwork } = egressPath;
  return { networkInterfaces: [{ network, subnetwork }], egress };
}

/** Plain and secret variables sorted by name: the server keeps the order, so a stable order avoids differences. */
export function variables(
  environment: Entries<CloudRunTemplateProps["environment"]>,
  secrets: Entries<CloudRunTemplateProps["secrets"]>,
) {
  const plain = environment.map(([name, value]) => ({ name, value }));
  const pinned = secrets.map(([name, { secret, version }]) => ({
    name,
    valueSource: { secretKeyRef: { secret, version: String(version) } },
  }));
  return [...plain, ...pinned].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the container runs, where it is not what its image says. */
export function entryPoint({ command, args }: Pick<CloudRunTemplateProps, "command" | "args">) {
  return {
    ...(command === undefined ? {} : { command: [...command] }),
    ...(args === undefined ? {} : { args: [...args] }),
  };
}

interface Volumes extends Pick<CloudRunTemplateProps, "cloudSqlInstance"> {
  readonly mountedBuckets: readonly MountedBucket[];
  readonly inMemoryVolumes: readonly InMemoryVolume[];
}

/** The volumes, and where they are mounted. They are named by their positions, as a path is no name. */
export function volumes({ cloudSqlInstance, mountedBuckets, inMemoryVolumes }: Volumes) {
  const all = [
    ...(cloudSqlInstance === undefined
      ? []
      : [
          {
            name: "cloudsql",
            mountPath: "/cloudsql",
            content: { cloudSqlInstance: { instances: [cloudSqlInstance].flat() } },
          },
        ]),
    ...mountedBuckets.map(({ bucket, mount, readOnly = false }, index) => ({
      name: `bucket-${index + 1}`,
      mountPath: mount,
      content: { gcs: { bucket, readOnly } },
    })),
    ...inMemoryVolumes.map(({ mount, size }, index) => ({
      name: `memory-${index + 1}`,
      mountPath: mount,
      content: { emptyDir: { medium: "MEMORY", sizeLimit: size } },
    })),
  ];
  return {
    volumes: all.map(({ name, content }) => ({ name, ...content })),
    volumeMounts: all.map(({ name, mountPath }) => ({ name, mountPath })),
  };
}
