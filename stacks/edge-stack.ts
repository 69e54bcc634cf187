import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set/index.js";
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { BucketBackend } from "../constructs/edge/bucket-backend.ts";
import { CloudArmorPolicy } from "../constructs/edge/cloud-armor-policy.ts";
import { HttpsLoadBalancer } from "../constructs/edge/https-load-balancer.ts";
import { ServerlessBackend } from "../constructs/edge/serverless-backend.ts";
import { WildcardCertificate } from "../constructs/edge/wildcard-certificate.ts";
import { bucketCache, loadBalancerAgent, serviceCache } from "../platform/edge/cdn.ts";
import { type Domain, domainOf, domainsOf } from "../platform/edge/domains.ts";
import { type Target, targetName } from "../platform/edge/routes.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { isHttp2 } from "../platform/workloads/probes.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

type Edge = NonNullable<PlatformPlan["edge"]>;

/** Load balancer, certificate and Cloud Armor policy of the public hosts. */
export class EdgeStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<"protection" | "services" | "buckets" | "projectNumber" | "delivery" | "hostPlan">,
    edge: Edge,
  ) {
    super(scope, plan, "edge");
    const { hostPlan } = plan;
    const { armor, certificateDomain, redirects = [] } = edge;
    const certificate = new WildcardCertificate(this, "certificate", {
      name: this.names.edge("certificate"),
      domain: certificateDomain,
    });
    const certificates = new Map([[certificateDomain, certificate]]);
    for (const { name } of edge.furtherDomains ?? [])
      certificates.set(
        name,
        new WildcardCertificate(this, `certificate-${name}`, {
          name: this.names.edge("certificate"),
          domain: name,
          map: certificate.map,
        }),
      );
    const backends = new Map([...this.serviceBackends(plan, armor), ...this.bucketBackends(plan)]);
    const backend = (target: Target | undefined): string => backends.get(targetName(target)) ?? "";
    const loadBalancer = new HttpsLoadBalancer(this, "load-balancer", {
      name: this.names.edge("lb"),
      addressName: this.names.edgeAddress,
      routes: hostPlan.map(({ host, fallback, paths }) => ({
        host,
        fallback: backend(fallback),
        paths: paths.map((rule) => ({ ...rule, backend: backend(rule.target) })),
      })),
      redirects: Object.fromEntries(redirects.map(({ host, to }) => [host, to])),
      defaultBackend: backend(hostPlan[0]?.fallback),
      certificateMap: certificate.map.id,
      ...(edge.tls === undefined ? {} : { tls: edge.tls }),
      protection: plan.protection,
    });
    const hosts = [...hostPlan, ...redirects].map(({ host }) => host);
    for (const domain of domainsOf(edge))
      this.publishRecords(
        domain,
        // Settled once here, so that no host has two records.
        hosts.filter((host) => domainOf(edge, host)?.name === domain.name),
        loadBalancer,
        certificates.get(domain.name) ?? certificate,
      );
  }

  /** Ids of the backends by the names of their targets. */
  private serviceBackends(
    { services, region }: Pick<PlatformPlan, "services" | "region">,
    armor: Edge["armor"],
  ): (readonly [target: string, id: string])[] {
    const exposed = services.filter(({ exposure }) => exposure.length > 0);
    // No request to a bucket is judged by it.
    if (exposed.length === 0) return [];
    const policy = new CloudArmorPolicy(this, "armor", { ...armor, name: this.names.edge("armor") });
    const securityPolicy = policy.resource.id;
    return exposed.map((service) => {
      const cache = serviceCache(service);
      const { resource } = new ServerlessBackend(this, `backend-${service.name}`, {
        name: this.names.edge(service.name),
        service: this.names.service(service.name),
        regions: [region, ...(service.regions ?? []).map((further) => further.region)],
        securityPolicy,
        ...(isHttp2(service) ? { http2: true } : {}),
        ...(cache === undefined ? {} : { cache }),
      });
      return [targetName({ service: service.name }), resource.id];
    });
  }

  private bucketBackends(
    plan: Pick<PlatformPlan, "buckets" | "projectNumber" | "delivery">,
  ): (readonly [target: string, id: string])[] {
    return (plan.buckets ?? [])
      .filter(({ exposure = [] }) => exposure.length > 0)
      .map((bucket) => {
        const cache = bucketCache(bucket);
        const { resource } = new BucketBackend(this, `bucket-${bucket.name}`, {
          name: this.names.edge(`bucket-${bucket.name}`),
          bucket: this.names.bucket(bucket.name),
          reader: loadBalancerAgent(plan),
          ...(cache === undefined ? {} : { cache }),
        });
        return [targetName({ bucket: bucket.name }), resource.id];
      });
  }

  /** DNS records of a domain: created where the environment states a zone, otherwise printed for a person. */
  private publishRecords(
    { name, dnsZone, path }: Domain,
    hosts: readonly string[],
    loadBalancer: HttpsLoadBalancer,
    certificate: WildcardCertificate,
  ): void {
    const record = certificate.authorization.dnsResourceRecord.get(0);
    const isFirst = path.length === 2;
    if (dnsZone === undefined) {
      const suffix = isFirst ? "" : `_${name.replaceAll(".", "_")}`;
      new TerraformOutput(this, `address${suffix}`, {
        value: loadBalancer.address.address,
        description: `A records of ${hosts.join(", ")}`,
      });
      new TerraformOutput(this, `certificate_record${suffix}`, {
        value: { name: record.name, type: record.type, data: record.data },
        description: `Record that proves ${name} to Certificate Manager`,
      });
      return;
    }
    const common = { managedZone: dnsZone, ttl: 300 };
    new DnsRecordSet(this, isFirst ? "certificate-record" : `certificate-record-${name}`, {
      ...common,
      name: record.name,
      type: record.type,
      rrdatas: [record.data],
    });
    for (const host of hosts) {
      new DnsRecordSet(this, `record-${host}`, {
        ...common,
        name: `${host}.`,
        type: "A",
        rrdatas: [loadBalancer.address.address],
      });
    }
  }
}
