import { CloudRunV2Job } from "@cdktf/provider-google/lib/cloud-run-v2-job/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import type { Seconds } from "../platform/units.ts";
import { type CloudRunTemplateProps, vpcAccess } from "./cloud-run-template.ts";
import { instanceParts } from "./sidecar-containers.ts";

export interface CloudRunJobProps extends CloudRunTemplateProps {
  /** Timeout of one task. */
  readonly taskTimeout: Seconds;
  /** Terraform refuses to delete it. @default false */
  readonly protection?: boolean;
  /** Tasks of one execution. @default 1 */
  readonly tasks?: number;
  /** Tasks that run at once, at most `tasks`. @default 1 */
  readonly parallelism?: number;
  /** Attempts after a task has failed. @default 0: a second attempt that passes would hide the first failure */
  readonly retries?: number;
}

/**
 * A Cloud Run job that runs on request or on a schedule, with an identity, secrets and a network path.
 *
 *     execution -> job -> connector or Direct VPC egress -> Cloud SQL, Redis
 *                      -> secrets (pinned), service account
 */
export class CloudRunJob extends AssertedConstruct {
  readonly resource: CloudRunV2Job;

  constructor(scope: Construct, id: string, props: CloudRunJobProps) {
    super(scope, id);
    this.nonZero({ taskTimeout: props.taskTimeout });
    const { egressPath, egress = "PRIVATE_RANGES_ONLY" } = props;
    const { mounted, sidecars, own } = instanceParts(this.readers(), props);
    this.resource = new CloudRunV2Job(this, "Resource", {
      name: props.name,
      location: props.region,
      deletionProtection: props.protection === true,
      ...(props.labels === undefined ? {} : { labels: { ...props.labels } }),
      template: {
        taskCount: props.tasks ?? 1,
        parallelism: props.parallelism ?? 1,
        template: {
          serviceAccount: props.serviceAccount,
          timeout: `${props.taskTimeout}s`,
          maxRetries: props.retries ?? 0,
          executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2",
          ...(egressPath === undefined ? {} : { vpcAccess: vpcAccess({ egressPath, egress }) }),
          volumes: mounted.volumes,
          containers: [own, ...sidecars],
        },
      },
      // gcloud and the console write the client's name into a job.
      lifecycle: { ignoreChanges: ["client", "client_version"] },
    });
  }
}
