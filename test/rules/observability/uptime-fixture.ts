import type { Resources } from "../support.ts";

/** Resources with one correct uptime check, `google_monitoring_uptime_check_config.api`, changed as asked. */
export function uptime(changes: object, others: Resources = {}): Resources {
  return {
    google_monitoring_uptime_check_config: {
      api: {
        display_name: "api",
        timeout: "10s",
        period: "60s",
        http_check: { path: "/health", use_ssl: true, port: 443 },
        monitored_resource: { type: "uptime_url", labels: { host: "api.example.com" } },
        ...changes,
      },
    },
    ...others,
  };
}

export const uptimeAddress = "google_monitoring_uptime_check_config.api";
