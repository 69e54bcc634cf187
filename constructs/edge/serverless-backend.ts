import { ComputeBackendService } from "@cdktf/provider-google/lib/compute-backend-service/index.js";
import { ComputeRegionNetworkEndpointGroup } from "@cdktf/provider-google/lib/compute-region-network-endpoint-group/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import { size } from "../../resources/index.ts";
import { type CacheProps, cdnPolicy } from "./cdn-policy.ts";

export interface ServerlessBackendProps {
  readonly name: string;
  /** Name of the Cloud Run service, the same in every region. */
  readonly service: string;
  /** Regions of the service; one NEG each. */
  readonly regions: readonly string[];
  /** Id of the Cloud Armor policy. */
  readonly securityPolicy: string;
  /** Requests reach the service by HTTP/2, as gRPC takes. @default false */
  readonly http2?: boolean;
  /** Cloud CDN; Cloud Armor then sees only what the cache does not answer. @default none */
  readonly cache?: CacheProps;
}

/**
 * A Cloud Run service as a backend of the global load balancer.
 *
 *     URL map -> backend service -> serverless NEG (one per region) -> Cloud Run service
 *
 * No timeout, health check, port name or balancing mode: Google rejects each of them on a serverless NEG. The service's
 * own timeout limits a request, and its start-up probe limits the start.
 */
export class ServerlessBackend extends AssertedConstruct {
  readonly resource: ComputeBackendService;

  constructor(scope: Construct, id: string, props: ServerlessBackendProps) {
    super(scope, id);
    this.holds(
      size("regions", "entries", {
        low: 1,
        outcome: "fails at run time",
        because: "without a region there is no backend, and every request gets 503",
        fix: "Add the region of the service.",
      }),
      { regions: props.regions },
    );
    // The URL map must drop its reference to a backend, and a backend that to its group, before either is deleted.
    const lifecycle = { createBeforeDestroy: true };
    const groups = this.each("regions", props.regions, (region) => region).map(
      ([id, region]) =>
        new ComputeRegionNetworkEndpointGroup(this, `Neg-${id}`, {
          name: `${props.name}-${region}`,
          region,
          networkEndpointType: "SERVERLESS",
          cloudRun: { service: props.service },
          lifecycle,
        }),
    );
    this.resource = new ComputeBackendService(this, "Resource", {
      name: props.name,
      loadBalancingScheme: "EXTERNAL_MANAGED",
      protocol: props.http2 === true ? "HTTP2" : "HTTPS",
      securityPolicy: props.securityPolicy,
      backend: groups.map((group) => ({ group: group.id })),
      logConfig: { enable: true, sampleRate: 1 },
      ...(props.cache === undefined ? {} : cached(props.cache)),
      lifecycle,
      // Outlier detection has no effect with one region, and Google's documents disagree on whether it is accepted.
      ...(groups.length < 2
        ? {}
        : {
            outlierDetection: {
              consecutiveErrors: 5,
              baseEjectionTime: { seconds: 30 },
              maxEjectionPercent: 50,
            },
          }),
    });
  }
}

/** The provider wants a key of the cache in every policy. */
function cached(cache: CacheProps) {
  const { queryParameters } = cache;
  return {
    enableCdn: true,
    cdnPolicy: {
      ...cdnPolicy(cache),
      cacheKeyPolicy: {
        includeHost: true,
        includeProtocol: true,
        includeQueryString: queryParameters?.length !== 0,
        ...(queryParameters === undefined || queryParameters.length === 0
          ? {}
          : { queryStringWhitelist: [...queryParameters] }),
      },
    },
  };
}
