/**
 * Google's own roles by service, without "roles/" and the service: of services with few of them. New ones come, so that a
 * name that is not here is not wrong by itself. https://docs.cloud.google.com/iam/docs/roles-permissions
 */
const ROLES: Readonly<Record<string, string>> = {
  artifactregistry:
    "admin attachmentsReader attachmentsWriter containerRegistryMigrationAdmin createOnPushRepoAdmin createOnPushWriter reader repoAdmin serviceAgent writer",
  cloudscheduler: "admin jobRunner serviceAgent viewer",
  cloudsql: "admin client editor instanceUser schemaViewer serviceAgent studioUser viewer",
  cloudtasks: "admin enqueuer queueAdmin serviceAgent taskDeleter taskRunner viewer",
  pubsub: "admin editor publisher schemaAdmin schemaEditor schemaViewer serviceAgent subscriber viewer",
  redis: "admin dbConnectionUser editor serviceAgent viewer",
  run: "admin builder developer invoker jobsExecutor jobsExecutorWithOverrides serviceAgent servicesInvoker sourceDeveloper sourceViewer viewer",
  secretmanager: "admin secretAccessor secretVersionAdder secretVersionManager serviceAgent viewer",
  vpcaccess: "admin serviceAgent user viewer",
  workflows: "admin editor invoker serviceAgent viewer",
};

const known: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(ROLES).map(([service, names]) => [
    service,
    names.split(" ").map((name) => `roles/${service}.${name}`),
  ]),
);

/** The roles of the service of a role, where all of them are known and this one is none of them. */
export function rolesBesides(role: string): readonly string[] | undefined {
  const roles = known.get(/^roles\/(\w+)\./.exec(role)?.[1] ?? "");
  return roles === undefined || roles.includes(role) ? undefined : roles;
}
