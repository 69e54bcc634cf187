import { type Container, type Workload, workloads } from "../../analysis/workload/index.ts";
import { type Block, isUnknown, type Resource } from "../../graph/index.ts";
import { accountEmailForm } from "../../resources/account-email.ts";
import { remoteRepositoryFix, unreachableRegistry } from "../../resources/image-registries.ts";
import { holdsPlaceholder } from "../../resources/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import { capitalized } from "../../values/words.ts";
import type { Rule, Violation } from "../rule.ts";

/** Containers and the account they run as. */
export const containers: Rule = {
  id: "service/containers",
  why: "The provider takes any text for images, accounts and the names of containers; Cloud Run does not.",
  limit:
    "image the name of one, without scheme, in Artifact Registry, or public in Docker Hub or ghcr.io; service_account an email; at most 10 containers, names once; depends_on names a container that has a startup probe, and no two wait for each other; GPU with cpu_idle = false",
  fix: "Write image as HOST/PROJECT/REPOSITORY/IMAGE@DIGEST and service_account as an email.",
  source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Container",
  *check(graph) {
    for (const workload of workloads(graph)) {
      yield* account(workload);
      yield* names(workload);
      for (const { block } of workload.containers) yield* image(workload.resource, block);
      yield* gpu(workload);
    }
  },
};

/** The prefix of a member of IAM is judged by itself, and a name before the "@" may be left to a template. */
function isNoEmail(text: string): boolean {
  return (
    text !== "" &&
    !text.startsWith("serviceAccount:") &&
    !holdsPlaceholder(text) &&
    !accountEmailForm.test(text)
  );
}

function* account({ resource, serviceAccount }: Workload): Iterable<Violation> {
  if (typeof serviceAccount === "string" && isNoEmail(serviceAccount)) {
    yield {
      resource,
      message: `the service account is "${serviceAccount}"; rejected by the API: it is not the e-mail of an account.`,
      fix: "Write the e-mail, for example google_service_account.api.email.",
    };
    return;
  }
  const first = isUnknown(serviceAccount) ? serviceAccount.parts[0] : serviceAccount;
  if (typeof first !== "string" || !first.startsWith("serviceAccount:")) return;
  yield {
    resource,
    message:
      'the service account begins with "serviceAccount:"; rejected by the API: only IAM members are written so.',
    fix: "Write the email alone, for example api@acme-dev.iam.gserviceaccount.com.",
  };
}

function* names({ resource, kind, containers, containersKnown }: Workload): Iterable<Violation> {
  const most = cloudRunLimits.containers.value;
  if (containers.length > most)
    yield {
      resource,
      message: `the template has ${containers.length} containers; rejected by the API: an instance has at most ${most}.`,
      fix: `Remove containers until there are ${most} or fewer.`,
    };
  const known = containers.map(({ block }) => block.string("name"));
  const twice = known.find(
    (name, index) => name !== undefined && name !== "" && known.indexOf(name) !== index,
  );
  if (twice !== undefined)
    yield {
      resource,
      message: `two containers are named "${twice}"; rejected by the API: each container has a name of its own.`,
      fix: "Give each container a name of its own.",
    };
  if (!containersKnown || containers.some(({ block }) => isUnknown(block.get("name")))) return;
  for (const name of new Set(containers.flatMap(({ dependsOn }) => dependsOn))) {
    if (typeof name !== "string") continue;
    const first = containers.find(({ block }) => block.string("name") === name);
    if (first === undefined)
      yield {
        resource,
        message: `a container depends on "${name}"; rejected by the API: no container has that name.`,
        fix: "Name a container of the same template.",
      };
    else if (kind === "service" && !isProbed(first))
      yield {
        resource,
        message: `a container depends on "${name}", which has no startup_probe; rejected by the API: its probe decides when the next container may start.`,
        fix: `Add startup_probe { tcp_socket { port = 9000 } } to "${name}", with the port that it listens on.`,
      };
  }
  const circle = waiting(containers, known);
  if (circle.length === 0) return;
  yield {
    resource,
    message: `depends_on makes ${circle.map((name) => `"${name}"`).join(" and ")} wait for each other; fails at run time: none of them starts first.`,
    fix: "Remove depends_on from one of them.",
  };
}

/** The container that takes the requests gets a TCP probe of its port where none is written. */
function isProbed({ block, probes, takesRequests }: Container): boolean {
  const isWritten = probes.some(({ kind }) => kind === "startup") || isUnknown(block.get("startup_probe"));
  return takesRequests || isWritten || isUnknown(block.get("dynamic"));
}

/** The containers that are never started, because each waits for another one of them. */
function waiting(
  containers: readonly Container[],
  known: readonly (string | undefined)[],
): (string | undefined)[] {
  const left = new Set(known);
  const isFree = ({ dependsOn }: Container) =>
    dependsOn.every((name) => typeof name !== "string" || !left.has(name));
  for (const _ of containers)
    for (const container of containers) if (isFree(container)) left.delete(container.block.string("name"));
  return [...left];
}

/** The name of an image as registries read it. https://github.com/distribution/reference */
const REFERENCE =
  /^(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

function* image(resource: Resource, container: Block): Iterable<Violation> {
  const written = container.string("image");
  if (written === undefined || written === "" || holdsPlaceholder(written)) return;
  if (!/^https?:\/\/|\s/.test(written)) {
    if (!REFERENCE.test(written))
      yield {
        resource,
        message: `image is "${written}"; rejected by the API: it is not the name of an image.`,
        fix: "Write HOST/PROJECT/REPOSITORY/IMAGE in lower case, and then :TAG or @sha256: with 64 hexadecimal digits.",
      };
    else if (unreachableRegistry(written) !== undefined)
      yield {
        resource,
        message: `image is "${written}"; rejected by the API: Cloud Run pulls no images from ${unreachableRegistry(written)}.`,
        fix: `${capitalized(remoteRepositoryFix)}.`,
      };
    return;
  }
  yield {
    resource,
    message: `image is "${written}"; rejected by the API: it has neither scheme nor spaces.`,
    fix: 'Write HOST/PROJECT/REPOSITORY/IMAGE@DIGEST, without "https://".',
  };
}

function* gpu({ resource, containers }: Workload): Iterable<Violation> {
  if (!containers.some(({ gpu, block }) => gpu && block.boolean("resources.cpu_idle") === true)) return;
  yield {
    resource,
    message: "cpu_idle is true on a container with a GPU; rejected by the API: its CPU is always allocated.",
    fix: "Set cpu_idle = false.",
  };
}
