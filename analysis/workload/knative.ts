import { Block, isUnknown, type Resource, Unknown, type Value } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import { list } from "../lists.ts";
import { ENVIRONMENTS, ingressOf, trafficOf } from "./cloud-run.ts";
import { readTemplate, type Spelling } from "./template.ts";
import { entry, networkInterface, scalingOf, timeoutOf, vpcAccessOf, written } from "./values.ts";
import type { SqlVolume, Workload } from "./workload.ts";

const spelling: Spelling = {
  valueSource: "value_from",
  secretKey: ["name", "key"],
  secretFile: ["secret_name", "key"],
};

/** A service of the first generation, whose settings are mostly annotations. */
export function knativeService(resource: Resource): Workload {
  const template = resource.blocks("template.spec")[0] ?? new Block({});
  const ofTemplate = (key: string) => annotation(resource, "template", key);
  const onService = (key: string) => annotation(resource, "service", key);
  const maxScale = "autoscaling.knative.dev/maxScale";
  const interfaces = ofTemplate("run.googleapis.com/network-interfaces");
  const read = readTemplate(template, spelling, true);
  const order = parsed(ofTemplate("run.googleapis.com/container-dependencies"));
  return {
    ...read,
    containers: read.containers.map((container) => ({
      ...container,
      dependsOn: list(entry(order, container.block.string("name") ?? "")),
    })),
    resource,
    kind: "service",
    generation: 1,
    label: "Cloud Run service",
    scaling: scalingOf(ofTemplate("autoscaling.knative.dev/minScale"), ofTemplate(maxScale), maxScale),
    timeout: timeoutOf(
      template,
      "timeout_seconds",
      "request",
      cloudRunLimits.defaultRequestTimeout.value,
      template.number("timeout_seconds"),
    ),
    concurrency: { attribute: "container_concurrency", value: template.get("container_concurrency") },
    executionEnvironment: ENVIRONMENTS[String(ofTemplate("run.googleapis.com/execution-environment"))],
    cpuAlwaysAllocated: ofTemplate("run.googleapis.com/cpu-throttling") === "false",
    sessionAffinity: ofTemplate("run.googleapis.com/sessionAffinity") === "true",
    ingress: ingressOf(
      onService("run.googleapis.com/ingress") ?? onService("run.googleapis.com/ingress-status"),
    ),
    traffic: trafficOf(resource),
    vpcAccess: vpcAccessOf(
      referring(resource, "run.googleapis.com/vpc-access-connector", "google_vpc_access_connector"),
      new Block({ interfaces: parsed(interfaces) }).blocks("interfaces").map(networkInterface),
      ofTemplate("run.googleapis.com/vpc-access-egress"),
      !isUnknown(interfaces),
    ),
    sqlVolumes: annotatedVolumes(
      referring(resource, "run.googleapis.com/cloudsql-instances", "google_sql_database_instance"),
    ),
    serviceAccount: written(template.get("service_account_name")),
  };
}

/** An annotation of a service of the first generation, or of the template of its revisions. */
export function annotation(
  resource: Resource,
  level: "service" | "template",
  key: string,
): Exclude<Value, null> | undefined {
  return entry(resource.get(`${level === "service" ? "" : "template."}metadata.annotations`), key);
}

/**
 * The value of an annotation that names one kind of resource. A plan may hide all annotations together: what they refer to
 * is known all the same, and only this annotation names that kind.
 */
function referring(resource: Resource, key: string, type: string): Value | undefined {
  const value = annotation(resource, "template", key);
  if (!isUnknown(value) || !isUnknown(resource.get("template.metadata.annotations"))) return written(value);
  const references = value.references.filter(
    ({ address }) => /(?:^|\.)(\w+)\.[^.]*$/.exec(address)?.[1] === type,
  );
  return references.length === 0 ? undefined : new Unknown(references, value.why);
}

function annotatedVolumes(instances: Value | undefined): SqlVolume[] {
  if (instances === undefined) return [];
  const names = typeof instances === "string" ? instances.split(",") : [instances];
  return [{ name: undefined, instances: names }];
}

/** Interfaces of Direct VPC egress and the order of containers are JSON in annotations; null where it cannot be read. */
function parsed(text: Value | undefined): Value {
  try {
    return typeof text === "string" ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
