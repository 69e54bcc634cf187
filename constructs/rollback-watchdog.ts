import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { gibibytes, memoryQuantity, seconds } from "../platform/units.ts";
import { CloudRunJob } from "./cloud-run-job.ts";
import { ScheduledJob } from "./operations/scheduled-job.ts";
import { ServiceIdentity } from "./service-identity.ts";

export interface RollbackWatchdogProps {
  /** Name of the job and of the schedule, and account id of the identity: 6 to 30 lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly project: string;
  readonly region: string;
  /** By digest; it holds the watchdog's program and the preflight's. */
  readonly image: string;
  /** Environment variables of its program. */
  readonly environment: Readonly<Record<string, string>>;
  /** Terraform refuses to delete it. */
  readonly protection: boolean;
}

/** Starts the watchdog; the image's own entry point starts the preflight. */
const COMMAND = ["/nodejs/bin/node", "/guard.cjs"] as const;

/** One run takes seconds; the next one starts a minute later. */
const RUN_TIMEOUT = seconds(55);

/** A step is evaluated from metrics and from the log entries of the probes. */
const READER_ROLES = ["roles/monitoring.viewer", "roles/logging.viewer"] as const;

/**
 * Checks every minute whether the process of a rollout has died or misses a failure, and moves the traffic back to the
 * last known good revision. It can do nothing else: no plan, no apply, no promotion.
 *
 *     Cloud Scheduler -> Cloud Run job -> ledger of rollouts
 *                                      -> traffic of the services
 *
 * It gets access to the ledger, the services and their identities from `WatchdogGrants`.
 */
export class RollbackWatchdog extends AssertedConstruct {
  readonly identity: ServiceIdentity;

  constructor(scope: Construct, id: string, props: RollbackWatchdogProps) {
    super(scope, id);
    const { name, project, region, image, environment, protection } = props;
    this.identity = new ServiceIdentity(this, "Identity", {
      accountId: name,
      displayName: "Takes rollouts back whose process has died",
      project,
      roles: READER_ROLES,
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
      taskTimeout: RUN_TIMEOUT,
      protection,
    });
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
