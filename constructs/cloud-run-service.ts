import { CloudRunV2Service } from "@cdktf/provider-google/lib/cloud-run-v2-service/index.js";
import { Construct } from "constructs";
import type { Seconds } from "../platform/units.ts";
import {
  type CloudRunTemplateProps,
  variables,
  volumeMounts,
  volumes,
  vpcAccess,
} from "./cloud-run-template.ts";

/** `failureThreshold` × `period` is how long the container may fail. */
export interface HttpProbe {
  readonly path: string;
  readonly period: Seconds;
  /** At most the period. */
  readonly timeout: Seconds;
  readonly failureThreshold: number;
}

export interface CloudRunServiceProps extends CloudRunTemplateProps {
  /** Port that the container listens on. */
  readonly port: number;
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
  readonly startupProbe: HttpProbe;
  readonly livenessProbe: HttpProbe;
  /** Reached from the load balancer; otherwise from the VPC network only. */
  readonly public: boolean;
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
        vpcAccess: vpcAccess(props),
        volumes: volumes(props),
        containers: [
          {
            image: props.image,
            ports: { name: "http1", containerPort: props.port },
            resources: {
              limits: { cpu: props.cpu, memory: props.memory },
              cpuIdle: props.cpuAlwaysAllocated !== true,
              startupCpuBoost: true,
            },
            env: variables(props),
            startupProbe: probe(props.startupProbe, props.port),
            livenessProbe: probe(props.livenessProbe, props.port),
            volumeMounts: volumeMounts(props),
          },
        ],
      },
      traffic: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }],
      // gcloud and the console write their name into a service, and the server a scaling block nobody asked for.
      lifecycle: { ignoreChanges: ["client", "client_version", "scaling"] },
    });
  }
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
