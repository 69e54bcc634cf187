import { CloudRunV2JobIamMember } from "@cdktf/provider-google/lib/cloud-run-v2-job-iam-member/index.js";
import { CloudSchedulerJob } from "@cdktf/provider-google/lib/cloud-scheduler-job/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import type { Seconds } from "../../platform/units.ts";

export interface ScheduledJobProps {
  readonly name: string;
  readonly description: string;
  readonly project: string;
  /** Region of the schedule and of the Cloud Run job. */
  readonly region: string;
  /** Cloud Run job that is run. */
  readonly job: string;
  /** Unix cron in UTC. */
  readonly schedule: string;
  /** Deadline for starting the job, 15 to 1,800 s; the run itself may take longer. */
  readonly deadline: Seconds;
  /** E-mail of the identity that may run it. */
  readonly serviceAccount: string;
}

/**
 * Runs a Cloud Run job on a schedule, with an identity that may do only this.
 *
 *     Cloud Scheduler -> run.googleapis.com (OAuth) -> Cloud Run job
 */
export class ScheduledJob extends AssertedConstruct {
  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    super(scope, id);
    const invoker = new CloudRunV2JobIamMember(this, "Invoker", {
      name: props.job,
      location: props.region,
      role: "roles/run.invoker",
      member: `serviceAccount:${props.serviceAccount}`,
    });
    new CloudSchedulerJob(this, "Resource", {
      name: props.name,
      description: props.description,
      region: props.region,
      schedule: props.schedule,
      timeZone: "Etc/UTC",
      // Unset it would be taken from the server: a job that somebody paused by hand would stay so.
      paused: false,
      attemptDeadline: `${props.deadline}s`,
      retryConfig: { retryCount: 1 },
      httpTarget: {
        uri: `https://run.googleapis.com/v2/projects/${props.project}/locations/${props.region}/jobs/${props.job}:run`,
        httpMethod: "POST",
        oauthToken: {
          serviceAccountEmail: props.serviceAccount,
          scope: "https://www.googleapis.com/auth/cloud-platform",
        },
      },
      dependsOn: [invoker],
    });
  }
}
