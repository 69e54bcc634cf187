import { CloudRunV2Service } from "@cdktf/provider-google/lib/cloud-run-v2-service/index.js";
import { Construct } from "constructs";
import type { Seconds } from "../platform/units.ts";

/** How instances reach the VPC network: exactly one of the two paths. */
export type EgressPath =
  | { readonly connector: string }
  | { readonly network: string; readonly subnetwork: string };

/** `failureThreshold` × `period` is how long the container may fail. */
export interface HttpProbe {
  readonly path: string;
  readonly period: Seconds;
  /** At most the period. */
  readonly timeout: Seconds;
  readonly failureThreshold: number;
}

export interface CloudRunServiceProps {
  /** At most 49 lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly region: string;
  /** By digest: a tag can change without a new revision. */
  readonly image: string;
  /** Port that the container listens on. */
  readonly port: number;
  /** "1", "2", "4", "6" or "8". */
  readonly cpu: string;
  /** Canonical quantity: "512Mi", "2Gi". */
  readonly memory: string;
  /** Requests that one instance serves at once. */
  readonly concurrency: number;
  readonly minInstances: number;
  readonly maxInstances: number;
  /** Longest request or WebSocket, at most 3,600 s. The load balancer has no timeout of its own. */
  readonly requestTimeout: Seconds;
  /** Keep CPU between requests. @default false */
  readonly cpuAlwaysAllocated?: boolean;
  /** Send a client's requests to the same instance (best effort). @default false */
  readonly sessionAffinity?: boolean;
  /** E-mail of the service account. */
  readonly serviceAccount: string;
  readonly egressPath: EgressPath;
  /** Send everything into the network (Cloud NAT must be there), or private ranges only. */
  readonly egress: "ALL_TRAFFIC" | "PRIVATE_RANGES_ONLY";
  /** Cloud SQL instance (project:region:instance) whose socket appears under /cloudsql. @default none */
  readonly cloudSqlInstance?: string;
  /** Plain variables by name. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables from pinned secret versions, by name. */
  readonly secrets: Readonly<Record<string, { readonly secret: string; readonly version: number }>>;
  readonly startupProbe: HttpProbe;
  readonly livenessProbe: HttpProbe;
  /** Reached from the load balancer; otherwise from the VPC network only. */
  readonly public: boolean;
  /** Terraform refuses to delete it. */
  readonly protection: boolean;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * One Cloud Run service, with every field written that the provider would otherwise keep from the server.
 *
 *     load balancer -> service -> connector or Direct VPC egress -> Cloud SQL, Redis
 *                              -> secrets (pinned), service account
 */
export class CloudRunService extends Construct {
  readonly resource: CloudRunV2Service;

  constructor(scope: Construct, id: string, props: CloudRunServiceProps) {
    super(scope, id);
    const volume = props.cloudSqlInstance === undefined ? [] : [props.cloudSqlInstance];
    this.resource = new CloudRunV2Service(this, "Resource", {
      name: props.name,
      location: props.region,
      deletionProtection: props.protection,
      ingress: props.public ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_INTERNAL_ONLY",
      // The load balancer calls without an identity; ingress, not the invoker check, keeps others out.
      invokerIamDisabled: props.public,
      ...(props.labels === undefined ? {} : { labels: { ...props.labels } }),
      template: {
        serviceAccount: props.serviceAccount,
        timeout: `${props.requestTimeout}s`,
        maxInstanceRequestConcurrency: props.concurrency,
        executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2",
        sessionAffinity: props.sessionAffinity ?? false,
        // Both ends on the revision: a minimum at service level that is lowered to 0 would show no change.
        scaling: { minInstanceCount: props.minInstances, maxInstanceCount: props.maxInstances },
        vpcAccess: { ...vpcAccess(props.egressPath), egress: props.egress },
        volumes: volume.map((instance) => ({
          name: "cloudsql",
          cloudSqlInstance: { instances: [instance] },
        })),
        containers: [
          {
            image: props.image,
            ports: { name: "http1", containerPort: props.port },
            resources: {
              limits: { cpu: props.cpu, memory: props.memory },
              cpuIdle: props.cpuAlwaysAllocated !== true,
              startupCpuBoost: true,
            },
            env: environment(props),
            startupProbe: probe(props.startupProbe, props.port),
            livenessProbe: probe(props.livenessProbe, props.port),
            volumeMounts: volume.map(() => ({ name: "cloudsql", mountPath: "/cloudsql" })),
          },
        ],
      },
      traffic: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }],
      // gcloud and the console write their name into a service, and the server a scaling block nobody asked for.
      lifecycle: { ignoreChanges: ["client", "client_version", "scaling"] },
    });
  }
}

function vpcAccess(path: EgressPath) {
  if ("connector" in path) return { connector: path.connector };
  return { networkInterfaces: [{ network: path.network, subnetwork: path.subnetwork }] };
}

function environment(props: CloudRunServiceProps) {
  const plain = Object.entries(props.environment).map(([name, value]) => ({ name, value }));
  const secret = Object.entries(props.secrets).map(([name, { secret, version }]) => ({
    name,
    valueSource: { secretKeyRef: { secret, version: String(version) } },
  }));
  return [...plain, ...secret].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function probe(props: HttpProbe, port: number) {
  return {
    httpGet: { path: props.path, port },
    initialDelaySeconds: 0,
    periodSeconds: props.period,
    timeoutSeconds: props.timeout,
    failureThreshold: props.failureThreshold,
  };
}
