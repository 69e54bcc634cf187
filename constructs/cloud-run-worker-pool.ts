import { CloudRunV2WorkerPool } from "@cdktf/provider-google/lib/cloud-run-v2-worker-pool/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import type { ContainerProbe, GrpcProbe, HttpProbe } from "../platform/workloads/container-probe.ts";
import type { CloudRunTemplateProps } from "./cloud-run-template.ts";
import { probeBlock } from "./container-probe.ts";
import { instanceParts } from "./sidecar-containers.ts";

export interface CloudRunWorkerPoolProps extends CloudRunTemplateProps {
  /** Instances, which always run. */
  readonly instanceCount: number;
  /** Port of the probes. @default that of each probe */
  readonly port?: number;
  /** Needs hashicorp/google 7.5. @default none: the container has started with its process */
  readonly startupProbe?: ContainerProbe;
  /** Needs hashicorp/google 7.5. @default none */
  readonly livenessProbe?: HttpProbe | GrpcProbe;
  /** Terraform refuses to delete it. @default false */
  readonly protection?: boolean;
}

/**
 * A Cloud Run worker pool: instances that always run, take no requests and fetch their work themselves. Its newest revision gets
 * all instances. A connector needs hashicorp/google 7.3, probes 7.5, and the order of containers 7.10.
 *
 *     worker pool -> connector or Direct VPC egress -> Cloud SQL, Redis
 *                 -> secrets (pinned), service account
 */
export class CloudRunWorkerPool extends AssertedConstruct {
  readonly resource: CloudRunV2WorkerPool;

  constructor(scope: Construct, id: string, props: CloudRunWorkerPoolProps) {
    super(scope, id);
    const { instanceCount, egressPath, egress = "PRIVATE_RANGES_ONLY" } = props;
    this.nonZero({ instanceCount });
    const { mounted, sidecars, own } = instanceParts(this.readers(), props);
    this.resource = new CloudRunV2WorkerPool(this, "Resource", {
      name: props.name,
      location: props.region,
      deletionProtection: props.protection === true,
      ...(props.labels === undefined ? {} : { labels: { ...props.labels } }),
      scaling: { manualInstanceCount: instanceCount },
      template: {
        serviceAccount: props.serviceAccount,
        ...(egressPath === undefined
          ? {}
          : {
              vpcAccess: {
                egress,
                ...("connector" in egressPath
                  ? {}
                  : {
                      networkInterfaces: [{ network: egressPath.network, subnetwork: egressPath.subnetwork }],
                    }),
              },
            }),
        volumes: mounted.volumes,
        containers: [
          own,
          // Their probes are in no class of 6.50.0.
          ...sidecars.map(({ startupProbe: _, livenessProbe: __, ...container }) => container),
        ],
      },
      instanceSplits: [{ type: "INSTANCE_SPLIT_ALLOCATION_TYPE_LATEST", percent: 100 }],
      // gcloud and the console write the client's name into a worker pool.
      lifecycle: { ignoreChanges: ["client", "client_version"] },
    });
    this.#addNewer(props);
  }

  /** What the class of the resource, which is that of 6.50.0, does not have. */
  #addNewer({ egressPath, port, startupProbe, livenessProbe, sidecars = [] }: CloudRunWorkerPoolProps): void {
    if (egressPath !== undefined && "connector" in egressPath)
      this.resource.addOverride("template.vpc_access.connector", egressPath.connector);
    const all = [{ port, startupProbe, livenessProbe }, ...(Array.isArray(sidecars) ? sidecars : [])];
    for (const [index, container] of all.entries())
      for (const [block, probe] of [
        ["startup_probe", container.startupProbe],
        ["liveness_probe", container.livenessProbe],
      ] as const)
        if (probe !== undefined)
          this.resource.addOverride(
            `template.containers.${index}.${block}`,
            probeBlock(probe, container.port ?? 0),
          );
  }
}
