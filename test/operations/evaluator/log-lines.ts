import type { Json, Stacks } from "./project.ts";
import { resourcesOf } from "./project.ts";

/** Lines as the incidents left them in the logs, and as the platform's own programs write them. */
export function logLines(stacks: Stacks): Json[] {
  const project = Object.values(stacks)[0]?.provider.google[0].project;
  const services = resourcesOf(stacks, "google_cloud_run_v2_service").map(([, { name, location }]) => ({
    type: "cloud_run_revision",
    labels: { project_id: project, service_name: name, revision_name: `${name}-00749-6tr`, location },
  }));
  const databases = resourcesOf(stacks, "google_sql_database_instance").map(([, { name, region }]) => ({
    type: "cloudsql_database",
    labels: { project_id: project, database_id: `${project}:${name}`, region },
  }));
  const job_name = resourcesOf(stacks, "google_cloud_scheduler_job")
    .map(([, { http_target }]) => /\/jobs\/([\w-]*preflight[\w-]*):run$/.exec(http_target.uri)?.[1])
    .find((name) => name !== undefined);
  const environment = resourcesOf(stacks, "google_monitoring_alert_policy")
    .map(([, { documentation }]) => /docs\/runbook\/([\w-]+)\.md#/.exec(documentation.content)?.[1])
    .find((name) => name !== undefined);
  const preflight = (critical: boolean): Json => ({
    resource: {
      type: "cloud_run_job",
      labels: { project_id: project, job_name, location: "here" },
    },
    severity: critical ? "ERROR" : "WARNING",
    jsonPayload: {
      message: "database/connect failed",
      preflight: {
        service: "backend",
        check: "database/connect",
        category: critical ? "database" : "services",
        status: "failed",
        critical,
        fault: "infrastructure",
        why: "no answer in 35 s",
        seconds: 35,
      },
    },
  });
  return [
    ...services.flatMap((resource) =>
      [
        "redis.exceptions.ConnectionError: Error -3 connecting to 10.166.204.83:6379. Temporary failure in name resolution.",
        "sqlalchemy.exc.OperationalError: Socket connection failed: timeout after 20.0s",
        "Container called exit(3).",
      ].map((textPayload) => ({ resource, severity: "ERROR", textPayload })),
    ),
    ...databases.map((resource) => ({
      resource,
      severity: "ERROR",
      textPayload:
        "2026-09-01 10:00:00.000 UTC [1234]: FATAL:  remaining connection slots are reserved for non-replication superuser connections",
    })),
    preflight(true),
    preflight(false),
    {
      logName: `projects/${project}/logs/infrastructure-drift`,
      resource: { type: "global", labels: { project_id: project } },
      severity: "WARNING",
      jsonPayload: {
        message: "google_redis_instance.cache was changed outside the code",
        drift: {
          environment,
          stack: "x-data",
          status: "changed",
          address: "google_redis_instance.cache",
        },
      },
    },
  ];
}

/** Lines that look alike and mean nothing. */
export function harmlessLines(stacks: Stacks): Json[] {
  return logLines(stacks).map((line) => {
    const harmless = structuredClone(line);
    if (harmless.textPayload !== undefined) harmless.textPayload = "connected to redis in 3 ms";
    if (harmless.jsonPayload?.preflight !== undefined) harmless.jsonPayload.preflight.status = "passed";
    if (harmless.logName !== undefined) harmless.logName = harmless.logName.replace("drift", "plan");
    return harmless;
  });
}
