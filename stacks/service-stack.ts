import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { CloudRunService } from "../constructs/cloud-run-service.ts";
import { dependOn } from "../constructs/depend-on.ts";
import { EventTrigger } from "../constructs/messaging/event-trigger.ts";
import { PushSubscription } from "../constructs/messaging/push-subscription.ts";
import { senderTo, triggersOf } from "../platform/backing-services/events.ts";
import { pubsubAgent, subscriptionsOf } from "../platform/backing-services/messaging.ts";
import { callersOf, isInternal, projectNumberOf } from "../platform/edge/service-address.ts";
import { regionalName } from "../platform/regions/regions.ts";
import type { Service } from "../platform/schema/environment.ts";
import { memoryQuantity } from "../platform/units.ts";
import { onePerAccount } from "../platform/workloads/foreign-accounts.ts";
import { isHttp2, livenessProbe, readinessProbe, startupProbe } from "../platform/workloads/probes.ts";
import { NO_STABLE, stableVariable } from "../platform/workloads/rollout.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";
import { serviceTemplate, type TemplatePart, templateVolumes } from "./service-template.ts";
import { sidecarTemplate } from "./sidecar-template.ts";

/** One service, in its own stack, so that it is planned, deployed and rolled back independently. */
export class ServiceStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<
      | TemplatePart
      | "secrets"
      | "deadlines"
      | "protection"
      | "services"
      | "jobs"
      | "workerPools"
      | "projectNumber"
      | "delivery"
    >,
    service: Service,
  ) {
    super(scope, plan, `service-${service.name}`);
    const name = regionalName(plan, service.name);
    const variable = stableVariable(name);
    const stable = new TerraformVariable(this, variable, {
      type: "string",
      nullable: false,
      description: `Revision of ${this.names.service(service.name)} that is known to be good and gets the traffic, or "${NO_STABLE}" before the first deployment. Without a default: the newest must never serve because somebody forgot it.`,
      validation: [
        {
          condition: `\${can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.${variable}))}`,
          errorMessage: `The name of a revision, or "${NO_STABLE}": "npm run rollout -- variables ENVIRONMENT" prints it.`,
        },
      ],
    });
    const [liveness, readiness] = [livenessProbe(service), readinessProbe(service)];
    // Named after the service, so that its Terraform address identifies it.
    const created = new CloudRunService(this, `service-${name}`, {
      ...serviceTemplate(plan, service),
      ...templateVolumes(plan, service),
      ...sidecarTemplate(plan, service),
      name: this.names.service(service.name),
      image: service.image,
      port: service.port,
      cpu: String(service.cpu),
      memory: memoryQuantity(service.memory),
      concurrency: service.concurrency,
      minInstances: service.instances.min,
      maxInstances: service.instances.max,
      requestTimeout: service.requestTimeout,
      cpuAlwaysAllocated: service.cpuAlwaysAllocated,
      stable: stable.stringValue,
      sessionAffinity: service.webSockets,
      ...(isHttp2(service) ? { http2: true } : {}),
      startupProbe: startupProbe(plan.deadlines, service),
      ...(liveness === undefined ? {} : { livenessProbe: liveness }),
      ...(readiness === undefined ? {} : { readinessProbe: readiness }),
      ...(service.iap === undefined ? {} : { iapMembers: service.iap.members }),
      ...(service.defaultUriDisabled === undefined ? {} : { defaultUriDisabled: service.defaultUriDisabled }),
      public: service.exposure.length > 0,
      ...(service.publicUrl === true ? { ownAddress: true } : {}),
      invokers: onePerAccount(this.names, invokersOf(plan, service)).map((name) =>
        this.names.serviceAccountEmail(name),
      ),
      protection: plan.protection,
    });
    for (const trigger of triggersOf(plan, service)) {
      const events = new EventTrigger(this, `event-${trigger.event}`, {
        name: trigger.name,
        region: plan.region,
        criteria: trigger.criteria,
        service: created.resource.name,
        path: trigger.path,
        serviceAccount: this.names.serviceAccountEmail(service.name),
        ...(trigger.topicId === undefined ? {} : { topic: trigger.topicId }),
      });
      // The first event may come at once.
      dependOn(events, created);
    }
    const agent = pubsubAgent(projectNumberOf(plan) ?? "");
    for (const { topic, name, path, deadline, attempts } of subscriptionsOf(plan, service)) {
      const subscription = new PushSubscription(this, `subscription-${topic}`, {
        name,
        topic: this.names.topicId(topic),
        service: created.resource.uri,
        path,
        serviceAccount: this.names.serviceAccountEmail(service.name),
        deadline,
        attempts,
        deadLetterTopic: this.names.deadLettersId(topic),
        agent,
      });
      // The first message comes at once, and must find the right to call.
      dependOn(subscription, created);
    }
  }
}

/** Names of those whose identity an internal service admits; Pub/Sub and Eventarc call with that of the service itself. */
function invokersOf(
  plan: Pick<StackPlan<"services" | "jobs" | "workerPools">, "services" | "jobs" | "workerPools">,
  service: Service,
): string[] {
  const callers = callersOf(plan, service).map(({ name }) => name);
  const isPushed = isInternal(service) && senderTo(service) !== undefined;
  return isPushed ? [...callers, service.name] : callers;
}
