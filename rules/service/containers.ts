import { type Block, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { entry, type Workload, workloads } from "./cloud-run.ts";

/** Containers, the account they run as, and how often a job tries. */
export const containers: Rule = {
  id: "service/containers",
  why: "The provider takes any text for images, accounts and the names of containers; Cloud Run does not.",
  limit:
    "image without scheme; service_account an email; container names once; depends_on names a container; GPU with cpu_idle = false; jobs: 10 retries, 10000 tasks",
  fix: "Write it as the API reads it.",
  source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Container",
  example: `template {
  service_account = "serviceAccount:api@acme-dev.iam.gserviceaccount.com"
  containers { image = "https://europe-docker.pkg.dev/acme-dev/run/api" }
}`,
  *check(graph) {
    for (const workload of workloads(graph)) {
      yield* account(workload);
      yield* names(workload);
      for (const container of workload.containers) {
        yield* image(workload.resource, container);
        yield* gpu(workload, container);
      }
      if (workload.kind === "job") yield* tries(workload.resource);
    }
  },
};

function* account({ resource, kind, revision }: Workload): Iterable<Verdict> {
  const written = revision.get(kind === "knative" ? "service_account_name" : "service_account");
  if (!isMember(written)) return;
  yield {
    resource,
    severity: "error",
    message:
      'the service account begins with "serviceAccount:": refused at apply, that is how IAM members are written.',
    fix: "Write the email alone.",
  };
}

function isMember(written: Value | undefined): boolean {
  const first = isUnknown(written) ? written.parts[0] : written;
  return typeof first === "string" && first.startsWith("serviceAccount:");
}

function* names({ resource, containers }: Workload): Iterable<Verdict> {
  const known = containers.map((container) => container.string("name"));
  const twice = known.find(
    (name, index) => name !== undefined && name !== "" && known.indexOf(name) !== index,
  );
  if (twice !== undefined)
    yield {
      resource,
      severity: "error",
      message: `two containers are named "${twice}": refused at apply.`,
      fix: "Give each container a name of its own.",
    };
  if (containers.some((container) => isUnknown(container.get("name")))) return;
  for (const container of containers) {
    const wanted = container.get("depends_on");
    for (const name of Array.isArray(wanted) ? wanted : []) {
      if (typeof name !== "string" || known.includes(name)) continue;
      yield {
        resource,
        severity: "error",
        message: `a container depends on "${name}", but no container has that name: refused at apply.`,
        fix: "Name a container of the same template.",
      };
    }
  }
}

function* image(resource: Resource, container: Block): Iterable<Verdict> {
  const written = container.string("image");
  if (written === undefined || !/^https?:\/\/|\s/.test(written)) return;
  yield {
    resource,
    severity: "error",
    message: `image is "${written}": refused at apply, it has neither scheme nor spaces.`,
    fix: 'Write HOST/PROJECT/REPOSITORY/IMAGE@DIGEST, without "https://".',
  };
}

function* gpu({ resource, kind }: Workload, container: Block): Iterable<Verdict> {
  const resources = container.blocks("resources")[0];
  if (kind !== "service" || resources === undefined || resources.boolean("cpu_idle") !== true) return;
  if (entry(resources, "limits", "nvidia.com/gpu") === undefined) return;
  yield {
    resource,
    severity: "error",
    message: "cpu_idle is true on a container with a GPU: refused at apply, its CPU is always allocated.",
    fix: "Set cpu_idle = false.",
  };
}

const MOST_RETRIES = 10;
const MOST_TASKS = 10_000;

function* tries(job: Resource): Iterable<Verdict> {
  for (const [path, most] of [
    ["template.template.max_retries", MOST_RETRIES],
    ["template.task_count", MOST_TASKS],
  ] as const) {
    const value = job.number(path);
    if (value === undefined || (value >= 0 && value <= most)) continue;
    yield {
      resource: job,
      severity: "error",
      message: `${path.split(".").at(-1)} is ${value}, outside 0 to ${most}: refused at apply.`,
      fix: `Set it to ${most} or less.`,
    };
  }
}
