import { Block, isUnknown, type Resource, type Unknown, type Value } from "../../graph/index.ts";
import { list } from "./lists.ts";
import type { Container, Interface, SecretUse, Variable, Workload } from "./workload-shape.ts";

/** How each type of resource is read. */
export const readers: { readonly [type: string]: (resource: Resource) => Workload } = {
  google_cloud_run_v2_service: (resource) => version2(resource, resource.blocks("template")[0]),
  google_cloud_run_v2_worker_pool: (resource) => version2(resource, resource.blocks("template")[0]),
  google_cloud_run_v2_job: (resource) => version2(resource, resource.blocks("template.template")[0]),
  google_cloud_run_service: knative,
  google_cloudfunctions2_function: (resource) =>
    cloudFunction(resource, resource.blocks("service_config")[0] ?? new Block({})),
  google_cloudfunctions_function: (resource) => cloudFunction(resource, resource),
};

function strings(value: Value | undefined): string[] {
  return list(value).filter((item) => typeof item === "string");
}

function version2(resource: Resource, template: Block = new Block({})): Workload {
  const containers = template.blocks("containers").map((container, _, all) => ({
    env: container.blocks("env").flatMap(variable2),
    envKnown: known(container.get("env")),
    mounts: container.blocks("volume_mounts"),
    takesRequests: all.length === 1 || container.blocks("ports").length > 0,
  }));
  const volumes = template.blocks("volumes");
  const access = template.blocks("vpc_access")[0];
  return {
    resource,
    containers,
    connector: written(access?.get("connector")),
    interfaces: (access?.blocks("network_interfaces") ?? []).map(networkInterface),
    accessKnown: known(template.get("vpc_access")) && known(access?.get("network_interfaces")),
    egress: egressOf(access?.get("egress")),
    sqlVolumes: volumes.flatMap((volume) =>
      volume.blocks("cloud_sql_instance").map((sql) => ({
        name: volume.string("name"),
        instances: list(sql.get("instances")),
      })),
    ),
    secrets: [
      ...secretsOf(containers),
      ...volumes.flatMap((volume) => fileSecrets(volume, "secret", "version")),
    ],
    serviceAccount: written(template.get("service_account")),
  };
}

function knative(resource: Resource): Workload {
  const spec = resource.blocks("template.spec")[0] ?? new Block({});
  const annotations = resource.get("template.metadata.annotations");
  const annotation = (key: string): Value | undefined => {
    if (isUnknown(annotations)) return ofKind(annotations, kindsOfAnnotation[key] ?? "");
    return written(
      (annotations as { readonly [key: string]: Value } | undefined)?.[`run.googleapis.com/${key}`],
    );
  };
  const containers = spec.blocks("containers").map((container, _, all) => ({
    env: container.blocks("env").flatMap((block) => {
      const from = block.blocks("value_from.secret_key_ref")[0];
      return from === undefined
        ? variable2(block)
        : secretVariable(block.string("name"), from.get("name"), from.get("key"));
    }),
    envKnown: known(container.get("env")),
    mounts: container.blocks("volume_mounts"),
    takesRequests: all.length === 1 || container.blocks("ports").length > 0,
  }));
  const instances = annotation("cloudsql-instances");
  return {
    resource,
    containers,
    connector: annotation("vpc-access-connector"),
    interfaces: annotatedInterfaces(annotation("network-interfaces")),
    accessKnown: known(annotations) && known(annotation("network-interfaces")),
    egress: egressOf(annotation("vpc-access-egress")),
    sqlVolumes:
      instances === undefined
        ? []
        : [
            {
              name: undefined,
              instances: typeof instances === "string" ? instances.split(",") : [instances],
            },
          ],
    secrets: [
      ...secretsOf(containers),
      ...spec.blocks("volumes").flatMap((volume) => fileSecrets(volume, "secret_name", "key")),
    ],
    serviceAccount: written(spec.get("service_account_name")),
  };
}

/** What the annotations of version 1 refer to, by which one is known although a plan hides all of them. */
const kindsOfAnnotation: { readonly [key: string]: string } = {
  "vpc-access-connector": "google_vpc_access_connector.",
  "cloudsql-instances": "google_sql_database_instance.",
};

function ofKind(value: Unknown, kind: string): Unknown | undefined {
  const references = value.references.filter(
    ({ address }) => kind !== "" && /(?:^|\.)(\w+\.)[^.]*$/.exec(address)?.[1] === kind,
  );
  return references.length === 0 ? undefined : { ...value, references };
}

function cloudFunction(resource: Resource, settings: Block): Workload {
  const plain = settings.get("environment_variables");
  const named = typeof plain === "object" && !isUnknown(plain) && !Array.isArray(plain) ? plain : {};
  const env = [
    // Of a map that is known after apply as a whole, what it refers to is known.
    ...(isUnknown(plain) ? [{ name: "environment_variables", value: plain, secret: undefined }] : []),
    ...Object.entries(named).map(([name, value]) => ({ name, value, secret: undefined })),
    ...settings
      .blocks("secret_environment_variables")
      .flatMap((block) =>
        secretVariable(
          block.string("key"),
          block.get("secret"),
          block.get("version"),
          block.get("project_id"),
        ),
      ),
  ];
  const containers = [{ env, envKnown: known(plain), mounts: [], takesRequests: true }];
  return {
    resource,
    containers,
    connector: written(settings.get("vpc_connector")),
    interfaces: settings.blocks("direct_vpc_network_interface").map(networkInterface),
    accessKnown: known(written(settings.get("vpc_connector"))),
    egress: egressOf(settings.get("vpc_connector_egress_settings")),
    sqlVolumes: [],
    secrets: [
      ...secretsOf(containers),
      ...settings.blocks("secret_volumes").map((block) => ({
        place: `volume ${block.string("mount_path") ?? "of secrets"}`,
        secret: block.get("secret"),
        version: block.get("versions.version"),
        project: block.get("project_id"),
      })),
    ],
    serviceAccount: written(settings.get("service_account_email")),
  };
}

function variable2(block: Block): Variable[] {
  const from = block.blocks("value_source.secret_key_ref")[0];
  const name = block.string("name");
  if (from !== undefined) return secretVariable(name, from.get("secret"), from.get("version"));
  return name === undefined ? [] : [{ name, value: block.get("value"), secret: undefined }];
}

function secretVariable(
  name: string | undefined,
  secret: Value | undefined,
  version: Value | undefined,
  project?: Value,
): Variable[] {
  if (name === undefined) return [];
  const use = { place: `environment variable ${name}`, secret, version, project };
  return [{ name, value: undefined, secret: use }];
}

function secretsOf(containers: readonly Container[]): SecretUse[] {
  return containers.flatMap(({ env }) => env.flatMap(({ secret }) => (secret === undefined ? [] : [secret])));
}

function fileSecrets(volume: Block, nameKey: string, versionKey: string): SecretUse[] {
  return volume.blocks("secret").map((block) => ({
    place: `volume ${volume.string("name") ?? "of secrets"}`,
    secret: block.get(nameKey),
    version: block.get(`items.${versionKey}`),
    project: undefined,
  }));
}

function networkInterface(block: Block): Interface {
  return {
    network: written(block.get("network")),
    subnetwork: written(block.get("subnetwork")),
    tags: strings(block.get("tags")),
  };
}

/** Knative holds the interfaces of Direct VPC egress as JSON in an annotation. */
function annotatedInterfaces(text: Value | undefined): Interface[] {
  if (typeof text !== "string") return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return (Array.isArray(parsed) ? parsed : []).map((item) => networkInterface(new Block(item)));
  } catch {
    return [];
  }
}

function egressOf(value: Value | undefined): string | undefined {
  if (value === undefined || value === "") return "PRIVATE_RANGES_ONLY";
  if (typeof value !== "string") return undefined;
  const canonical = value.toUpperCase().replaceAll("-", "_");
  return canonical === "ALL" ? "ALL_TRAFFIC" : canonical;
}

/** A plan writes an absent string as "", or as known after apply where the provider fills it in. */
function written(value: Value | undefined): Value | undefined {
  return value === "" || value === null || isFilledIn(value) ? undefined : value;
}

function isFilledIn(value: Value | undefined): boolean {
  return (
    isUnknown(value) &&
    value.why === "known after apply" &&
    value.references.length === 0 &&
    value.parts.length === 0
  );
}

function known(value: Value | undefined): boolean {
  return !isUnknown(value) && !list(value).some(isUnknown);
}
