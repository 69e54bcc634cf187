import { ComputeBackendBucket } from "@cdktf/provider-google/lib/compute-backend-bucket/index.js";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import { type CacheProps, cdnPolicy } from "./cdn-policy.ts";

export interface BucketBackendProps {
  readonly name: string;
  /** Name of the Cloud Storage bucket. */
  readonly bucket: string;
  /** E-mail of the load balancer's service agent: service-NUMBER@https-lb.iam.gserviceaccount.com. */
  readonly reader: string;
  /** Cloud CDN. @default none */
  readonly cache?: CacheProps;
}

/**
 * A private Cloud Storage bucket as a backend of the global load balancer, which reads it as its own service agent: no object is
 * public at storage.googleapis.com (https://docs.cloud.google.com/cdn/docs/configure-private-bucket-access).
 *
 *     URL map -> backend bucket -> bucket <- roles/storage.objectViewer <- service agent of the load balancer
 *
 * The agent is created with the first backend bucket of a project, so that the grant comes after it. Cloud Armor policies of
 * backend services do not apply to it.
 */
export class BucketBackend extends AssertedConstruct {
  readonly resource: ComputeBackendBucket;

  constructor(scope: Construct, id: string, props: BucketBackendProps) {
    super(scope, id);
    const { cache } = props;
    const parameters = cache?.queryParameters ?? [];
    this.resource = new ComputeBackendBucket(this, "Resource", {
      name: props.name,
      bucketName: props.bucket,
      enableCdn: cache !== undefined,
      ...(cache === undefined
        ? {}
        : {
            cdnPolicy: {
              ...cdnPolicy(cache),
              ...(parameters.length === 0
                ? {}
                : { cacheKeyPolicy: { queryStringWhitelist: [...parameters] } }),
            },
          }),
      // The URL map must drop its reference before it is deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    new StorageBucketIamMember(this, "Reader", {
      bucket: props.bucket,
      role: "roles/storage.objectViewer",
      member: `serviceAccount:${props.reader}`,
      dependsOn: [this.resource],
    });
  }
}
