import { MemorystoreInstance } from "@cdktf/provider-google/lib/memorystore-instance/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { weeklyMaintenance } from "./maintenance-window.ts";
import { protectedFromDestroy } from "./protection.ts";

export interface ValkeyCacheProps {
  /** 4 to 63 characters. */
  readonly name: string;
  readonly region: string;
  /** Project of the instance, which its endpoints are counted in, also where the network is a Shared VPC of another one. */
  readonly project: string;
  /** Network id, "projects/p/global/networks/n", which has a service connection policy of the class "gcp-memorystore". */
  readonly network: string;
  /** "VALKEY_8_0" ... */
  readonly version: string;
  /** "STANDARD_SMALL", "HIGHMEM_MEDIUM" ... */
  readonly nodeType: string;
  /** Shards of a cluster. @default no cluster: one primary. Changing between the two replaces the instance. */
  readonly shards?: number | undefined;
  /** Replicas of each shard, 0 to 5. */
  readonly replicas: number;
  /** TLS; changing it replaces the instance. */
  readonly tls: boolean;
  /** Clients log in with access tokens of IAM; changing it replaces the instance. */
  readonly auth: boolean;
  /** maxmemory-policy. */
  readonly evictionPolicy: string;
  /** Day 1 (Monday) to 7, UTC hour 0 to 23. */
  readonly maintenance: { readonly day: number; readonly hour: number };
  /** Terraform refuses to delete it while its block is in the code. */
  readonly protection: boolean;
  /** Memorystore itself refuses to delete it. @default protection */
  readonly deletionProtection?: boolean | undefined;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Memorystore for Valkey, with endpoints in the network of its clients (Private Service Connect).
 *
 *     clients -> endpoint -> service connection policy -> instance
 */
export class ValkeyCache extends AssertedConstruct {
  readonly resource: MemorystoreInstance;

  constructor(scope: Construct, id: string, props: ValkeyCacheProps) {
    super(scope, id);
    this.resource = new MemorystoreInstance(this, "Resource", {
      instanceId: props.name,
      location: props.region,
      engineVersion: props.version,
      mode: props.shards === undefined ? "CLUSTER_DISABLED" : "CLUSTER",
      nodeType: props.nodeType,
      shardCount: props.shards ?? 1,
      replicaCount: props.replicas,
      transitEncryptionMode: props.tls ? "SERVER_AUTHENTICATION" : "TRANSIT_ENCRYPTION_DISABLED",
      authorizationMode: props.auth ? "IAM_AUTH" : "AUTH_DISABLED",
      engineConfigs: { "maxmemory-policy": props.evictionPolicy },
      // The older field, desired_psc_auto_connections, is deprecated.
      desiredAutoCreatedEndpoints: [{ network: props.network, projectId: props.project }],
      maintenancePolicy: weeklyMaintenance(props.maintenance, (bounds, day) => this.isWithin(bounds, day)),
      // Google's default is true, which a destroy of an environment without protection would end at.
      deletionProtectionEnabled: props.deletionProtection ?? props.protection,
      labels: { ...props.labels },
      ...protectedFromDestroy(props.protection),
    });
  }

  /** The address of the primary; of a cluster that of discovery, which tells clients the nodes. */
  get host(): string {
    const type = this.resource.modeInput === "CLUSTER" ? "DISCOVERY" : "PRIMARY";
    const { terraformResourceType, friendlyUniqueId } = this.resource;
    const endpoint = "endpoint.psc_auto_connection[0]";
    return `\${[for endpoint in ${terraformResourceType}.${friendlyUniqueId}.endpoints[0].connections : ${endpoint}.ip_address if ${endpoint}.connection_type == "CONNECTION_TYPE_${type}"][0]}`;
  }
}
