import { type Block, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const TEMPLATES = {
  google_cloud_run_v2_service: "template",
  google_cloud_run_v2_job: "template.template",
  google_cloud_run_service: "template.spec",
} as const;

const SOCKETS = "/cloudsql";

/** R34: what a container mounts is a volume of its template. */
export const volume: Rule = {
  id: "reachability/volume",
  why: "A container that mounts a volume which the template does not define is refused.",
  limit:
    "every volume_mounts.name is the name of one of the template's volumes; a mount path holds no colon; a Cloud SQL volume is mounted at /cloudsql",
  fix: "Name a volume of the template.",
  source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Container",
  example: `template {
  volumes {
    name = "cloudsql"
    cloud_sql_instance { instances = ["acme:us-central1:orders"] }
  }
  containers {
    volume_mounts {
      name       = "cloud-sql"
      mount_path = "/cloudsql"
    }
  }
}`,
  *check(graph) {
    for (const [type, path] of Object.entries(TEMPLATES)) {
      for (const resource of graph.all(type)) {
        const template = resource.blocks(path)[0];
        if (template === undefined) continue;
        for (const [message, fix] of slips(template)) yield verdict(resource, message, fix);
      }
    }
  },
};

function verdict(resource: Resource, message: string, fix: string) {
  return {
    resource,
    severity: "error",
    message: `${message}; refused at apply: invalid mount.`,
    fix,
  } as const;
}

function* slips(template: Block): Iterable<[message: string, fix: string]> {
  const volumes = template.blocks("volumes");
  const written = template.get("volumes");
  const partial = isUnknown(written) || (Array.isArray(written) && written.length !== volumes.length);
  const names = volumes.map((block) => block.string("name"));
  for (const mount of template
    .blocks("containers")
    .flatMap((container) => container.blocks("volume_mounts"))) {
    const name = mount.string("name");
    const path = mount.string("mount_path");
    if (path?.includes(":"))
      yield [`the mount path "${path}" holds a colon`, "Choose a path without a colon."];
    if (
      path !== undefined &&
      path.replace(/\/$/, "") !== SOCKETS &&
      volumes.some((one) => one.string("name") === name && one.blocks("cloud_sql_instance").length > 0)
    )
      yield [
        `the Cloud SQL volume "${name}" is mounted at "${path}", but its place is ${SOCKETS}`,
        `Set mount_path = "${SOCKETS}".`,
      ];
    if (name === undefined || partial || names.includes(undefined) || names.includes(name)) continue;
    yield [
      `a container mounts the volume "${name}", but the template defines ${names.length === 0 ? "none" : names.map((one) => `"${one}"`).join(" and ")}`,
      names.length === 0
        ? `Add the volume "${name}".`
        : `Name ${names.map((one) => `"${one}"`).join(" or ")}.`,
    ];
  }
}
