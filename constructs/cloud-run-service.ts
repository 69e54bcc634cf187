import { CloudRunV2Service } from "@cdktf/provider-google/lib/cloud-run-v2-service/index.js";
import { CloudRunV2ServiceIamMember } from "@cdktf/provider-google/lib/cloud-run-v2-service-iam-member/index.js";
import { IapWebCloudRunServiceIamMember } from "@cdktf/provider-google/lib/iap-web-cloud-run-service-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import type { Seconds } from "../platform/units.ts";
import type { ContainerProbe, GrpcProbe, HttpProbe } from "../platform/workloads/container-probe.ts";
import { order } from "../resources/index.ts";
import { type CloudRunTemplateProps, vpcAccess } from "./cloud-run-template.ts";
import { containerProbe, probeBlock } from "./container-probe.ts";
import { checkServing, declaredTraffic } from "./declared-traffic.ts";
import { instanceParts } from "./sidecar-containers.ts";

export interface CloudRunServiceProps extends CloudRunTemplateProps {
  /** Terraform refuses to delete it. */
  readonly protection: boolean;
  /** Port that the container listens on. */
  readonly port: number;
  /** Requests reach the container by HTTP/2 without TLS (h2c), as gRPC takes; WebSockets then do not. @default false */
  readonly http2?: boolean;
  /** Concurrent requests of one instance. */
  readonly concurrency: number;
  /** For the service: divided among its revisions by traffic, so that a revision without traffic costs nothing. */
  readonly minInstances: number;
  /** For each revision. */
  readonly maxInstances: number;
  /** Last known good revision, which gets the traffic; "none" before the first deployment. */
  readonly stable: string;
  /** Longest request or WebSocket, at most 3,600 s. The load balancer has no timeout of its own. */
  readonly requestTimeout: Seconds;
  /** Allocate CPU between requests, too. @default false */
  readonly cpuAlwaysAllocated?: boolean;
  /** Send a client's requests to the same instance (best effort). @default false */
  readonly sessionAffinity?: boolean;
  readonly startupProbe: ContainerProbe;
  /** A container that fails it is restarted. @default none */
  readonly livenessProbe?: HttpProbe | GrpcProbe;
  /**
   * An instance that fails it gets no new requests until it succeeds again. At most 3 failures. Needs hashicorp/google 7.19.
   * @default none
   */
  readonly readinessProbe?: (HttpProbe | GrpcProbe) & { readonly successThreshold: number };
  /**
   * Who may sign in with Identity-Aware Proxy, in front of every way in: "group:staff@example.com". Needs hashicorp/google
   * 7.21, and the API iap.googleapis.com. @default nobody signs in
   */
  readonly iapMembers?: readonly string[];
  /** Serve nothing at its run.app address. Needs hashicorp/google 7.6. @default not set */
  readonly defaultUriDisabled?: boolean;
  /** Reachable through the load balancer; otherwise from the VPC network only. */
  readonly public: boolean;
  /**
   * Reachable by everybody at its own run.app address, without a load balancer and Cloud Armor. @default false
   */
  readonly ownAddress?: boolean;
  /** E-mails of the accounts that may call an internal service. @default none */
  readonly invokers?: readonly string[];
}

/**
 * A Cloud Run service. Every field is set whose unset value the provider would take from the server.
 *
 *     load balancer -> service -> connector or Direct VPC egress -> Cloud SQL, Redis
 *                              -> secrets (pinned), service account
 *
 * A new revision serves only after a rollout has moved the traffic to it.
 */
export class CloudRunService extends AssertedConstruct {
  readonly resource: CloudRunV2Service;

  constructor(scope: Construct, id: string, props: CloudRunServiceProps) {
    super(scope, id);
    const { mounted, sidecars, own } = instanceParts(this.readers(), props);
    const { egressPath, egress = "PRIVATE_RANGES_ONLY" } = props;
    this.resource = new CloudRunV2Service(this, "Resource", {
      name: props.name,
      location: props.region,
      deletionProtection: props.protection,
      ingress: ingressOf(props),
      // The load balancer calls without an identity; ingress, not the invoker check, blocks other callers.
      invokerIamDisabled: props.public || props.ownAddress === true,
      ...(props.labels === undefined ? {} : { labels: { ...props.labels } }),
      // On the service: on the revision it would also keep instances of candidates and of rejected revisions with a tag.
      // The mode keeps the block non-empty at a minimum of 0: otherwise every plan would add it again.
      scaling: { minInstanceCount: props.minInstances, scalingMode: "AUTOMATIC" },
      template: {
        serviceAccount: props.serviceAccount,
        timeout: `${props.requestTimeout}s`,
        maxInstanceRequestConcurrency: props.concurrency,
        executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2",
        sessionAffinity: props.sessionAffinity ?? false,
        scaling: { maxInstanceCount: props.maxInstances },
        ...(egressPath === undefined ? {} : { vpcAccess: vpcAccess({ egressPath, egress }) }),
        volumes: mounted.volumes,
        containers: [
          {
            ...own,
            ports: { name: props.http2 === true ? "h2c" : "http1", containerPort: props.port },
            startupProbe: containerProbe(props.startupProbe, props.port),
            ...(props.livenessProbe === undefined
              ? {}
              : { livenessProbe: containerProbe(props.livenessProbe, props.port) }),
          },
          ...sidecars,
        ].map(({ resources, ...container }) => ({
          ...container,
          // One setting for the instance: Cloud Run allocates CPU to all of its containers, or to none.
          resources: { ...resources, cpuIdle: props.cpuAlwaysAllocated !== true, startupCpuBoost: true },
        })),
      },
      traffic: declaredTraffic(props.stable),
      // gcloud and the console write the client's name into a service. Traffic must not be ignored: the provider sends
      // ignored traffic as it was at plan time, which would undo a later rollback (docs/decisions/0016).
      lifecycle: { ignoreChanges: ["client", "client_version"] },
    });
    this.addNewer(props);
    const { port, concurrency, minInstances, maxInstances, requestTimeout, startupProbe, livenessProbe } =
      props;
    this.nonZero({ port, concurrency, maxInstances, requestTimeout });
    for (const [name, { period, timeout, failureThreshold }] of Object.entries({
      startupProbe,
      ...(livenessProbe === undefined ? {} : { livenessProbe }),
      ...(props.readinessProbe === undefined ? {} : { readinessProbe: props.readinessProbe }),
    }))
      this.nonZero({
        [`${name}.period`]: period,
        [`${name}.timeout`]: timeout,
        [`${name}.failureThreshold`]: failureThreshold,
      });
    const enough = {
      orEqual: true,
      outcome: "fails at run time",
      because: "the minimum is never reached",
    } as const;
    if (maxInstances > 0)
      this.holds(order("minInstances", "maxInstances", enough), { minInstances, maxInstances });
    for (const [account, member] of this.each("invokers", props.invokers ?? [], (email) => email)) {
      new CloudRunV2ServiceIamMember(this, `Invoker-${account.replace(/@.*$/, "")}`, {
        name: this.resource.name,
        location: props.region,
        role: "roles/run.invoker",
        member: `serviceAccount:${member}`,
      });
    }
    for (const [id, member] of this.each("iapMembers", props.iapMembers ?? [], (text) => text)) {
      new IapWebCloudRunServiceIamMember(this, `SignIn-${id}`, {
        cloudRunServiceName: this.resource.name,
        location: props.region,
        role: "roles/iap.httpsResourceAccessor",
        member,
      });
    }
    checkServing(this, this.resource, props.stable);
  }

  /** What the class of the resource, which is that of 6.50.0, does not have. */
  private addNewer({ readinessProbe, port, defaultUriDisabled, iapMembers }: CloudRunServiceProps): void {
    if (iapMembers !== undefined) this.resource.addOverride("iap_enabled", true);
    if (readinessProbe !== undefined)
      this.resource.addOverride("template.containers.0.readiness_probe", {
        ...probeBlock(readinessProbe, port),
        success_threshold: readinessProbe.successThreshold,
      });
    if (defaultUriDisabled !== undefined)
      this.resource.addOverride("default_uri_disabled", defaultUriDisabled);
  }
}

function ingressOf(props: CloudRunServiceProps): string {
  if (props.ownAddress === true) return "INGRESS_TRAFFIC_ALL";
  return props.public ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_INTERNAL_ONLY";
}
