import { RedisInstance } from "@cdktf/provider-google/lib/redis-instance/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { weeklyMaintenance } from "./maintenance-window.ts";
import { protectedFromDestroy } from "./protection.ts";

export interface RedisCacheProps {
  /** At most 40 characters. */
  readonly name: string;
  readonly region: string;
  /** It can never be changed in place. */
  readonly tier: "STANDARD_HA" | "BASIC";
  /** GiB, 1 to 300. */
  readonly memoryGibibytes: number;
  /** "REDIS_7_0" ... */
  readonly version: string;
  /** Network id; without it Google uses the network "default". */
  readonly network: string;
  /** NAME of the allocated range, as private services access requires. */
  readonly allocatedRange: string;
  /** TLS: the port becomes 6378. */
  readonly tls: boolean;
  readonly auth: boolean;
  /** maxmemory-policy. */
  readonly evictionPolicy: string;
  /** Day 1 (Monday) to 7, UTC hour 0 to 23. */
  readonly maintenance: { readonly day: number; readonly hour: number };
  /** Terraform refuses to delete it while its block is in the code; Memorystore has no deletion protection. */
  readonly protection: boolean;
  /** Terraform refuses to delete it while its state says so. Needs hashicorp/google 7.8. @default not set */
  readonly deletionProtection?: boolean | undefined;
}

/**
 * Memorystore for Redis on the same network as its clients (incident I-2).
 *
 *     instance -> allocated range -> service networking connection -> network
 */
export class RedisCache extends AssertedConstruct {
  readonly resource: RedisInstance;

  constructor(scope: Construct, id: string, props: RedisCacheProps) {
    super(scope, id);
    this.resource = new RedisInstance(this, "Resource", {
      name: props.name,
      region: props.region,
      tier: props.tier,
      memorySizeGb: props.memoryGibibytes,
      redisVersion: props.version,
      connectMode: "PRIVATE_SERVICE_ACCESS",
      authorizedNetwork: props.network,
      reservedIpRange: props.allocatedRange,
      transitEncryptionMode: props.tls ? "SERVER_AUTHENTICATION" : "DISABLED",
      authEnabled: props.auth,
      redisConfigs: { "maxmemory-policy": props.evictionPolicy },
      maintenancePolicy: weeklyMaintenance(props.maintenance, (bounds, day) => this.isWithin(bounds, day)),
      // The API does not return this name: an imported instance would be replaced because of it.
      lifecycle: {
        ...protectedFromDestroy(props.protection).lifecycle,
        ignoreChanges: ["reserved_ip_range"],
      },
    });
    if (props.deletionProtection !== undefined)
      this.resource.addOverride("deletion_protection", props.deletionProtection);
  }
}
