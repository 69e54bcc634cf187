import { CloudRunV2ServiceIamMember } from "@cdktf/provider-google/lib/cloud-run-v2-service-iam-member/index.js";
import { Construct } from "constructs";
import { gibibytes, memoryQuantity, seconds } from "../platform/units.ts";
import { CloudRunJob } from "./cloud-run-job.ts";
import { ScheduledJob } from "./operations/scheduled-job.ts";
import { ServiceIdentity } from "./service-identity.ts";

export interface RolloutGuardProps {
  /** Of the job and the schedule, and account id of the identity: 6 to 30 lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly project: string;
  readonly region: string;
  /** By digest; it holds the guard's program beside the preflight's. */
  readonly image: string;
  /** Cloud Run's names of the services that it may take back. */
  readonly services: readonly string[];
  /** Variables of its program. */
  readonly environment: Readonly<Record<string, string>>;
  /** Terraform refuses to delete it. */
  readonly protection: boolean;
}

/** Both programs of the image start so. */
const COMMAND = ["/nodejs/bin/node", "/guard.cjs"] as const;

/** One look takes seconds; the next one comes a minute later. */
const LOOK = seconds(55);

/** What judges a step: metrics, and what the probes wrote into the log. */
const READS = ["roles/monitoring.viewer", "roles/logging.viewer"] as const;

/**
 * Looks every minute whether somebody rolls out and has died, or does not see what breaks, and sends the traffic back to
 * the revision that is known to be good. It can do nothing else: no plan, no apply, no promotion.
 *
 *     Cloud Scheduler -> Cloud Run job -> ledger of rollouts
 *                                      -> traffic of the services
 *
 * The ledger and the identities of the services are given to it by `GuardGrants`.
 */
export class RolloutGuard extends Construct {
  readonly identity: ServiceIdentity;

  constructor(scope: Construct, id: string, props: RolloutGuardProps) {
    super(scope, id);
    const { name, project, region, image, environment, protection } = props;
    this.identity = new ServiceIdentity(this, "Identity", {
      accountId: name,
      displayName: "Takes rollouts back whose process has died",
      project,
      roles: READS,
    });
    const { email } = this.identity.resource;
    const job = new CloudRunJob(this, "Job", {
      name,
      region,
      image,
      command: COMMAND,
      cpu: "1",
      memory: memoryQuantity(gibibytes(0.5)),
      serviceAccount: email,
      environment,
      secrets: {},
      taskTimeout: LOOK,
      protection,
    });
    for (const service of props.services) {
      // Google has no smaller role that moves traffic.
      new CloudRunV2ServiceIamMember(this, `Mover-${service}`, {
        name: service,
        location: region,
        role: "roles/run.developer",
        member: `serviceAccount:${email}`,
      });
    }
    new ScheduledJob(this, "Schedule", {
      name,
      description: "Looks every minute after rollouts whose process has died",
      project,
      region,
      job: job.resource.name,
      schedule: "* * * * *",
      deadline: seconds(30),
      serviceAccount: email,
    });
  }
}
